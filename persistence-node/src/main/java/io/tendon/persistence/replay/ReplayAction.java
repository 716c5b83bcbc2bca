package io.tendon.persistence.replay;

/** What a person at the terminal asks of a running replay. */
public enum ReplayAction {
    /** Stand still, or go on. */
    PAUSE_OR_RESUME,
    /** While it stands: one control cycle. */
    STEP,
    /** Twice as fast. */
    FASTER,
    /** Half as fast. */
    SLOWER,
    /** 5 s back. */
    BACK,
    /** 5 s on. */
    FORWARD,
    /** 60 s back. */
    FAR_BACK,
    /** 60 s on. */
    FAR_FORWARD,
    /** To the beginning. */
    TO_START,
    /** To just before the end. */
    TO_END,
    /** Begin again at the end, or no more. */
    LOOP,
    /** End. */
    QUIT;

    /** By how much it moves in recorded time, ns; 0 when it does not. */
    long offsetNs() {
        return switch (this) {
            case BACK -> -5_000_000_000L;
            case FORWARD -> 5_000_000_000L;
            case FAR_BACK -> -60_000_000_000L;
            case FAR_FORWARD -> 60_000_000_000L;
            default -> 0;
        };
    }
}
