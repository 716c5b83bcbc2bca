package io.tendon.sessionlog;

import io.aeron.logbuffer.FrameDescriptor;
import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.PublicationReader;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.agrona.BitUtil;

/**
 * Follows some streams of a session that is being recorded, from a little before their end on: for whoever shows what
 * was said last and must read little. What it reads ends where the manifest says that it was counted, so that it never
 * meets a frame which is being written. One owner thread.
 */
public final class SessionTail implements AutoCloseable {
    private final SessionDirectory directory;
    private final IntPredicate streamFilter;
    private final long firstBytes;
    // By stream and writer's session.
    private final Map<Long, PublicationReader> publications = new HashMap<>();
    private final Map<Long, RecordingReader> recordings = new HashMap<>();

    /**
     * Reads nothing yet.
     *
     * @param directory of the session.
     * @param streamFilter which streams, by id.
     * @param firstBytes how much of the end of each recording is read at first; messages that begin before are not given
     *     out.
     */
    public SessionTail(final SessionDirectory directory, final IntPredicate streamFilter, final long firstBytes) {
        this.directory = directory;
        this.streamFilter = streamFilter;
        this.firstBytes = firstBytes;
    }

    /** The session that is followed. */
    public SessionDirectory directory() {
        return directory;
    }

    /**
     * Gives out what has come since the last poll, each writer's messages in their order.
     *
     * @param entries of all recordings, from the manifest as it is now.
     * @param maxMessages of one writer at once; what is left comes with the next poll.
     * @param consumer of the messages, each of which holds until the next one.
     * @return how many there were.
     */
    public int poll(
            final List<RecordingEntry> entries, final int maxMessages, final Consumer<RecordedMessage> consumer) {
        final List<RecordingEntry> followed = entries.stream()
                .filter(entry -> streamFilter.test(entry.streamId()))
                .toList();
        if (followed.stream().anyMatch(entry -> !recordings.containsKey(entry.recordingId()))) {
            open(followed);
        }
        for (final RecordingEntry entry : followed) {
            final RecordingReader reader = recordings.get(entry.recordingId());
            if (reader != null) {
                reader.limit(entry.stopPosition());
            }
        }
        int count = 0;
        for (final PublicationReader publication : publications.values()) {
            for (int i = 0; i < maxMessages && publication.next(); i++) {
                consumer.accept(publication.message());
                count++;
            }
        }
        return count;
    }

    @Override
    public void close() {
        publications.values().forEach(PublicationReader::close);
        publications.clear();
        recordings.clear();
    }

    private void open(final List<RecordingEntry> entries) {
        final Map<Long, RecordingDescriptor> listed = new HashMap<>();
        ArchiveListing.of(directory.archive())
                .recordings()
                .forEach(recording -> listed.put(recording.recordingId(), recording));
        for (final RecordingEntry entry : entries) {
            final RecordingDescriptor recording = listed.get(entry.recordingId());
            if (recording != null && !recordings.containsKey(entry.recordingId())) {
                final RecordingReader reader =
                        new RecordingReader(directory.archive(), recording, DamageListener.IGNORED);
                // In the middle of a frame, most likely: the reader goes on to the next good one.
                reader.seek(BitUtil.align(
                        Math.max(entry.startPosition(), entry.stopPosition() - firstBytes),
                        FrameDescriptor.FRAME_ALIGNMENT));
                recordings.put(entry.recordingId(), reader);
                publications
                        .computeIfAbsent(recording.publicationKey(), key -> new PublicationReader())
                        .add(reader);
            }
        }
    }
}
