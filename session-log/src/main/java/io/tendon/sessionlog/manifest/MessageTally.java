package io.tendon.sessionlog.manifest;

import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.PublicationReader;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the messages of recordings, each once, and what their sequence numbers say is missing. Follows recordings that
 * grow; goes on from what an earlier tally had counted. One owner thread.
 */
public final class MessageTally implements AutoCloseable {
    private final Path archiveDir;
    private final DamageListener damages;
    private final TallyListener listener;
    private final Map<Long, RecordingEntry> earlier = new HashMap<>();
    private final Map<Long, Counted> recordings = new TreeMap<>();
    private final Map<Long, Publication> publications = new HashMap<>();

    /**
     * Begins with no recordings.
     *
     * @param archiveDir that holds them.
     * @param damages is told of damaged ranges.
     * @param listener is told of each message counted and of each gap.
     */
    public MessageTally(final Path archiveDir, final DamageListener damages, final TallyListener listener) {
        this.archiveDir = archiveDir;
        this.damages = damages;
        this.listener = listener;
    }

    /**
     * Goes on from what was counted before.
     *
     * @param entries of an earlier tally of the same archive; call before {@link #update}.
     */
    public void resume(final List<RecordingEntry> entries) {
        entries.forEach(entry -> earlier.put(entry.recordingId(), entry));
    }

    /**
     * Adds a recording, or says anew how a known one stands.
     *
     * @param recording as the archive's catalog describes it now.
     */
    public void update(final RecordingDescriptor recording) {
        final Counted known = recordings.get(recording.recordingId());
        if (known == null) {
            add(recording);
        } else {
            known.entry = known.entry.described(recording);
            publication(recording).purged(recording);
            known.reader.update(recording);
            if (!recording.isOpen()) {
                known.reader.limit(recording.stopPosition());
            }
        }
    }

    /**
     * Says how far the recorder has come, so that everything before is read and nothing behind.
     *
     * @param recordingId of a recording that grows; an unknown one is passed over.
     * @param position of the recorder.
     */
    public void limit(final long recordingId, final long position) {
        final Counted known = recordings.get(recordingId);
        if (known != null && !known.entry.isStopped()) {
            known.reader.limit(position);
        }
    }

    /**
     * Counts on.
     *
     * @param messageLimit most messages to read of each publication.
     * @return how many were read.
     */
    public int poll(final int messageLimit) {
        int count = 0;
        for (final Publication publication : publications.values()) {
            for (int i = 0; i < messageLimit && publication.reader.next(); i++) {
                count(publication, publication.reader.message());
                count++;
            }
        }
        return count;
    }

    /** Counts to the end of what is written. */
    public void pollAll() {
        int count;
        do {
            count = poll(Integer.MAX_VALUE);
        } while (count > 0);
    }

    /** How each recording stands, in the order of their ids. */
    public List<RecordingEntry> entries() {
        return recordings.values().stream().map(Counted::present).toList();
    }

    @Override
    public void close() {
        publications.values().forEach(publication -> publication.reader.close());
    }

    private void add(final RecordingDescriptor recording) {
        final RecordingEntry counted = earlier.get(recording.recordingId());
        final RecordingEntry entry =
                counted == null ? RecordingEntry.uncounted(recording) : counted.described(recording);
        final RecordingReader reader = new RecordingReader(archiveDir, recording, damages);
        reader.seek(entry.countedPosition());
        final Publication publication = publication(recording);
        publication.add(reader, entry);
        publication.purged(recording);
        recordings.put(recording.recordingId(), new Counted(entry, reader));
    }

    private Publication publication(final RecordingDescriptor recording) {
        return publications.computeIfAbsent(recording.publicationKey(), key -> new Publication());
    }

    private void count(final Publication publication, final RecordedMessage message) {
        final Counted recording = recordings.get(message.recording().recordingId());
        if (recording == null) {
            throw new IllegalStateException("recording " + message.recording().recordingId() + " was never added");
        }
        if (message.hasStamp()) {
            final long sequence = message.sequence();
            final long expected = publication.nextSequence;
            if (expected != RecordingEntry.UNKNOWN_SEQUENCE && sequence > expected) {
                final long missing = sequence - expected - publication.purgedMessages(expected, sequence - 1);
                if (missing > 0) {
                    recording.missing += missing;
                    listener.onGap(message, expected, sequence - 1);
                }
            }
            publication.nextSequence = sequence + 1;
        }
        recording.messages++;
        recording.position = message.nextPosition();
        recording.nextSequence = publication.nextSequence;
        listener.onMessage(message);
    }

    /** One life of one writer; its sequence numbers begin at 0. */
    private static final class Publication {
        private final PublicationReader reader = new PublicationReader();
        private long countedPosition = -1;
        private long nextSequence = RecordingEntry.UNKNOWN_SEQUENCE;
        private final Map<Long, List<PurgedSegment>> purged = new HashMap<>();

        void purged(final RecordingDescriptor recording) {
            if (!recording.purged().isEmpty()) {
                purged.put(recording.recordingId(), recording.purged());
            }
        }

        /** How many of a range of sequence numbers were deleted to make room, each counted once. */
        long purgedMessages(final long first, final long last) {
            return PurgedSegment.covered(
                    purged.values().stream().flatMap(List::stream).toList(), first, last);
        }

        void add(final RecordingReader recording, final RecordingEntry entry) {
            reader.add(recording);
            if (countedPosition == -1 || (entry.messages() > 0 && entry.countedPosition() > countedPosition)) {
                countedPosition = entry.countedPosition();
                nextSequence = entry.nextSequence();
                reader.skipTo(countedPosition);
            }
        }
    }

    /** A recording and what was counted in it. */
    private static final class Counted {
        private final RecordingReader reader;
        private RecordingEntry entry;
        private long messages;
        private long missing;
        private long position;
        private long nextSequence;

        Counted(final RecordingEntry entry, final RecordingReader reader) {
            this.entry = entry;
            this.reader = reader;
            this.messages = entry.messages();
            this.missing = entry.missing();
            this.position = entry.countedPosition();
            this.nextSequence = entry.nextSequence();
        }

        RecordingEntry present() {
            return entry.counted(messages, missing, position, nextSequence, reader.nextPosition());
        }
    }
}
