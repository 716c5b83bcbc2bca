package io.tendon.sessionlog.manifest;

/** How a session stands. */
public enum SessionState {
    /** Being recorded. */
    OPEN,
    /** Ended in order: all recordings had caught up with their writers. What was lost before is in the manifest. */
    CLOSED,
    /**
     * Ended before its recordings had caught up: the recorder was killed, lost power, the driver or the room on the disk.
     * What had been written is in the files.
     */
    INTERRUPTED
}
