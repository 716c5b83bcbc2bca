package io.tendon.store;

import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;

/**
 * Something made of recorded messages that answers questions faster than the recording does. It is fed the messages of
 * each writer's life in the order of their positions, each once. One owner thread.
 */
public interface Index extends AutoCloseable {
    /** What it is called in figures and commands. */
    String name();

    /**
     * How far it has stored what it was fed.
     *
     * @param publicationKey of a writer's life, {@link io.tendon.sessionlog.recording.RecordingDescriptor#publicationKey}.
     * @return position in that writer's log from which on it wants messages; 0 when it has none of them.
     */
    long position(long publicationKey);

    /**
     * Takes in a message that begins at or behind {@link #position}. It is stored with the next {@link #commit}.
     *
     * @param message holds until this returns.
     * @throws StoreException when it cannot; the index must be closed and opened again then.
     */
    void onMessage(RecordedMessage message);

    /**
     * Stores all that was taken in, and the positions behind it, at once.
     *
     * @throws StoreException when it cannot; the index must be closed and opened again then, and stands where it was.
     */
    void commit();

    /**
     * A segment of the recording was deleted to make room: what was made of its messages goes too. It may be told again, and
     * is, whenever the index is opened.
     *
     * @param recording of the segment.
     * @param segment that was deleted.
     * @throws StoreException as {@link #commit} does.
     */
    default void forget(final RecordingDescriptor recording, final PurgedSegment segment) {
        // What is made of single messages that are not the last of their kind has nothing to forget.
    }

    /** Makes what was stored complete for a question: figures of spans of time that are not over. After {@link #commit}. */
    void complete();

    /** Ends it; what was not stored is forgotten. */
    @Override
    void close();
}
