package io.tendon.control.safety;

/** Why a command was changed before it went to the hardware. */
public enum ClampReason {
    /** It would have been beyond a position limit, or too fast to stop before it. */
    POSITION(0, "position"),
    /** Too fast. */
    VELOCITY(1, "velocity"),
    /** Too great a change of velocity. */
    ACCELERATION(2, "acceleration"),
    /** Not a number, or infinite. */
    NOT_FINITE(3, "not a finite number");

    /** How many reasons there are. */
    static final int COUNT = 4;

    private final int index;
    private final String text;

    ClampReason(final int index, final String text) {
        this.index = index;
        this.text = text;
    }

    /** Place in an array of {@link #COUNT}. */
    int index() {
        return index;
    }

    /** For a person. */
    public String text() {
        return text;
    }
}
