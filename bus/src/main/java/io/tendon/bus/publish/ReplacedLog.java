package io.tendon.bus.publish;

/**
 * A log that a writer has left because its driver died, to be said once: what of it is recorded, the recording shows; how
 * much there was, only the writer knows. One owner thread, the publisher's.
 */
public final class ReplacedLog {
    private boolean isUnsaid;
    private int sessionId;
    private long sequences;
    private long endPosition;

    /** Nothing was replaced yet. */
    ReplacedLog() {}

    void set(final int oldSessionId, final long usedSequences, final long position) {
        isUnsaid = true;
        sessionId = oldSessionId;
        sequences = usedSequences;
        endPosition = position;
    }

    /** Whether there is one that nobody has said. */
    public boolean isUnsaid() {
        return isUnsaid;
    }

    /** Takes note that it was said. */
    public void said() {
        isUnsaid = false;
    }

    /** Aeron's session id of the old log. */
    public int sessionId() {
        return sessionId;
    }

    /** Sequence numbers that were used up in it, refused ones included. */
    public long sequences() {
        return sequences;
    }

    /** Position behind its last committed message. */
    public long endPosition() {
        return endPosition;
    }
}
