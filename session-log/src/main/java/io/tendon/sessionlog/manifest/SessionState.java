package io.tendon.sessionlog.manifest;

/** How a session stands. */
public enum SessionState {
    /** Being recorded. */
    OPEN,
    /** Ended in order: everything that was published is in the files. */
    CLOSED,
    /** Ended without a word: the recorder was killed or lost power. What had been written is in the files. */
    INTERRUPTED
}
