package io.tendon.fusion.align;

/** What became of a sample. Each sample has exactly one of these, and each is counted. */
public enum Admission {
    /** It is in its window. */
    IN_TIME(0),
    /** Its window had been closed without it; counted in the window that closes next. */
    LATE(1),
    /** It came before, in time or late: read twice after this reader was left behind. Nothing is counted late twice. */
    DUPLICATE(2),
    /** It is older than the first window since the start or the last skip: old data read on joining, or after a stall. */
    STALE(3),
    /** It is further in the future than windows are kept for: the clocks differ. */
    EARLY(4),
    /** Its window is full, with twice the expected samples. */
    OVERFLOW(5),
    /** It comes from another life of control than the newest sample, and is older than that. */
    DEAD_SESSION(6);

    private final int index;

    Admission(final int index) {
        this.index = index;
    }

    /** Place of its counter, from 0 without holes. */
    int index() {
        return index;
    }
}
