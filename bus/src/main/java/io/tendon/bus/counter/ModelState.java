package io.tendon.bus.counter;

/** What becomes of fusion's model, as {@link BusCounter#INFERENCE_STATE} says it. */
public enum ModelState {
    /** Fusion was started without one. */
    NONE(0),
    /** It judges windows. */
    JUDGING(1),
    /** It failed, and is asked no more. */
    ISOLATED(2);

    private final long code;

    ModelState(final long code) {
        this.code = code;
    }

    /** The counter's value. */
    public long code() {
        return code;
    }

    /** The state that a counter's value stands for; {@link #NONE} of a value that stands for none. */
    public static ModelState of(final long code) {
        return code == JUDGING.code ? JUDGING : code == ISOLATED.code ? ISOLATED : NONE;
    }
}
