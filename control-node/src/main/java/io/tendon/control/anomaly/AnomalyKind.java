package io.tendon.control.anomaly;

/** What disagrees when something is wrong. It names the measurements, not the cause: friction and a stuck joint look alike. */
public enum AnomalyKind {
    /** A joint's motion does not fit its motor's effort and what the wrist feels: friction, a push, a joint that is stuck. */
    EXTERNAL_EFFORT("effort that nothing accounts for", Unit.EFFORT),
    /** A joint is not where its command should have brought it. */
    TRACKING("distance from the command", Unit.POSITION),
    /** A joint's position changes by something else than its velocity. */
    ENCODER("position gone without velocity", Unit.POSITION),
    /** The wrist feels more than the tool may carry. */
    WRIST_FORCE("force on the tool", Unit.FORCE),
    /** All sensors say the same again and again. */
    SENSOR_FREEZE("samples in a row that are all alike", Unit.NONE);

    private final String text;
    private final Unit unit;

    AnomalyKind(final String text, final Unit unit) {
        this.text = text;
        this.unit = unit;
    }

    /** For a person: what the residual is. */
    public String text() {
        return text;
    }

    /** For a person: the unit of it, with a space before it, of a joint that slides or turns; empty when it is a count. */
    public String unitText(final boolean isSliding) {
        return isSliding ? unit.ofSliding : unit.ofTurning;
    }

    private enum Unit {
        EFFORT(" N m", " N"),
        POSITION(" rad", " m"),
        FORCE(" N", " N"),
        NONE("", "");

        private final String ofTurning;
        private final String ofSliding;

        Unit(final String ofTurning, final String ofSliding) {
            this.ofTurning = ofTurning;
            this.ofSliding = ofSliding;
        }
    }
}
