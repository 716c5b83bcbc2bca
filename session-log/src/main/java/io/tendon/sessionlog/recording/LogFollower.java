package io.tendon.sessionlog.recording;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/**
 * Reads on in the recordings of an archive while they grow, each writer's life from a place of its own on and each
 * message once. One owner thread.
 */
public final class LogFollower implements AutoCloseable {
    private static final Comparator<Publication> BY_TIME =
            Comparator.comparingLong(publication -> publication.latestNs);

    private final Path archiveDir;
    private final LongUnaryOperator startPosition;
    private final DamageListener damages;
    private final Map<Long, Followed> recordings = new HashMap<>();
    private final Map<Long, Publication> publications = new HashMap<>();

    /**
     * Begins with no recordings.
     *
     * @param archiveDir that holds them.
     * @param startPosition gives for the key of a publication ({@link RecordingDescriptor#publicationKey}) the position in
     *     its log to begin at; asked when the publication is met first.
     * @param damages is told of damaged ranges.
     */
    public LogFollower(final Path archiveDir, final LongUnaryOperator startPosition, final DamageListener damages) {
        this.archiveDir = archiveDir;
        this.startPosition = startPosition;
        this.damages = damages;
    }

    /**
     * Adds a recording, or says anew how a known one stands.
     *
     * @param recording as the archive's catalog describes it now.
     */
    public void update(final RecordingDescriptor recording) {
        final Followed known = recordings.get(recording.recordingId());
        if (known == null) {
            add(recording);
        } else {
            known.reader.update(recording);
            if (!recording.isOpen()) {
                known.end(recording.stopPosition());
            }
        }
    }

    /**
     * Whether a range of a writer's log lies behind, so that no message of it is given out any more.
     *
     * @param publicationKey of the writer's life; of an unknown one nothing comes.
     * @param fromPosition of the range.
     * @param toPosition behind it.
     * @return false while a message of it may come.
     */
    public boolean isPast(final long publicationKey, final long fromPosition, final long toPosition) {
        final Publication publication = publications.get(publicationKey);
        return publication == null
                || (publication.reader.pendingPosition() >= toPosition
                        && recordings.values().stream()
                                .map(followed -> followed.reader)
                                .filter(reader -> reader.recording().publicationKey() == publicationKey)
                                .allMatch(reader -> reader.isPast(fromPosition, toPosition)));
    }

    /**
     * Says how far the recorder has come, so that everything before is read and nothing behind.
     *
     * @param recordingId of a recording that grows; an unknown one, or one with an end, is passed over.
     * @param position of the recorder.
     */
    public void limit(final long recordingId, final long position) {
        final Followed known = recordings.get(recordingId);
        if (known != null && !known.isEnded) {
            known.limit(position);
        }
    }

    /**
     * Gives out what is there, roughly in the order of capture time: of the writer that is behind first, so that one who
     * seldom says something does not run hours ahead of the others.
     *
     * @param messageLimit most messages.
     * @param consumer of the messages, each of which holds until it returns.
     * @return how many there were.
     */
    public int poll(final int messageLimit, final Consumer<RecordedMessage> consumer) {
        int count = 0;
        final PriorityQueue<Publication> unread = new PriorityQueue<>(BY_TIME);
        unread.addAll(publications.values());
        while (count < messageLimit && !unread.isEmpty()) {
            final Publication earliest = unread.remove();
            final Publication next = unread.peek();
            final long untilNs = next == null ? Long.MAX_VALUE : next.latestNs;
            boolean hasMore = true;
            while (hasMore && count < messageLimit && earliest.latestNs <= untilNs) {
                hasMore = earliest.reader.next();
                if (hasMore) {
                    consumer.accept(earliest.message());
                    count++;
                }
            }
            if (hasMore) {
                unread.add(earliest);
            }
        }
        return count;
    }

    /** Bytes that are known to be written and were not read yet, overlapping recordings counted twice. */
    public long lagBytes() {
        long lag = 0;
        for (final Followed recording : recordings.values()) {
            lag += Math.max(0, recording.knownPosition - recording.reader.nextPosition());
        }
        return lag;
    }

    @Override
    public void close() {
        publications.values().forEach(publication -> publication.reader.close());
    }

    private void add(final RecordingDescriptor recording) {
        final long key = recording.publicationKey();
        Publication publication = publications.get(key);
        final long position = startPosition.applyAsLong(key);
        if (publication == null) {
            publication = new Publication();
            publication.reader.skipTo(position);
            publications.put(key, publication);
        }
        final Followed followed = new Followed(new RecordingReader(archiveDir, recording, damages));
        // Recordings of one writer's life share its positions, and so the places where frames begin.
        followed.reader.seek(position);
        if (!recording.isOpen()) {
            followed.end(recording.stopPosition());
        }
        recordings.put(recording.recordingId(), followed);
        publication.reader.add(followed.reader);
    }

    /** A writer's life and how far it was read. */
    private static final class Publication {
        private final PublicationReader reader = new PublicationReader();
        private long latestNs = Long.MIN_VALUE;

        /** The present message, whose time counts from now on. */
        RecordedMessage message() {
            final RecordedMessage message = reader.message();
            if (message.hasStamp()) {
                latestNs = message.captureTimeNs();
            }
            return message;
        }
    }

    /** A recording and how much of it is known to be written. */
    private static final class Followed {
        private final RecordingReader reader;
        private long knownPosition;
        private boolean isEnded;

        Followed(final RecordingReader reader) {
            this.reader = reader;
        }

        void limit(final long position) {
            knownPosition = position;
            reader.limit(position);
        }

        void end(final long position) {
            limit(position);
            isEnded = true;
        }
    }
}
