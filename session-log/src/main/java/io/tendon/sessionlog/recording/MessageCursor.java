package io.tendon.sessionlog.recording;

/** Walks over recorded messages. One owner thread. */
public interface MessageCursor extends AutoCloseable {
    /**
     * Moves to the next message.
     *
     * @return false at the end; of a recording that grows, a later call may return true.
     */
    boolean next();

    /**
     * The message that {@link #next()} moved to.
     *
     * @return a flyweight that the next call of {@link #next()} overwrites.
     */
    RecordedMessage message();

    @Override
    void close();
}
