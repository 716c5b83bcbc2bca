package io.tendon.control.hardware.sim;

import java.util.Locale;

/** What can go wrong with the simulated arm. */
public enum FaultKind {
    /** The tool runs into something where it is, across its way, that gives as a spring does. */
    COLLISION(false, 20_000, 100, 1_000_000, "stiffness, N/m"),
    /** The tool carries more than it should. */
    PAYLOAD(false, 2, 0.01, 100, "kg"),
    /** The friction of a joint rises. */
    FRICTION(true, 0.1, 0.001, 0.9, "share of its greatest effort"),
    /** The encoder of a joint loses its zero for good; the drive has another one, moves the joint and says its velocity. */
    ENCODER_DRIFT(true, 0.02, 1e-5, 10, "rad/s or m/s"),
    /** A joint does not move, whatever its motor does. */
    STUCK_JOINT(true, Double.NaN, Double.NaN, Double.NaN, ""),
    /** All sensors go on saying what they said last. */
    SENSOR_FREEZE(false, Double.NaN, Double.NaN, Double.NaN, ""),
    /** The wrist sensor is off by a force along the tool's z axis. */
    FORCE_BIAS(false, 5, 0.01, 1_000, "N");

    private final boolean isOfAJoint;
    private final double usualAmount;
    private final double leastAmount;
    private final double mostAmount;
    private final String unit;

    FaultKind(
            final boolean isOfAJoint,
            final double usualAmount,
            final double leastAmount,
            final double mostAmount,
            final String unit) {
        this.isOfAJoint = isOfAJoint;
        this.usualAmount = usualAmount;
        this.leastAmount = leastAmount;
        this.mostAmount = mostAmount;
        this.unit = unit;
    }

    /** Whether it happens to one joint. */
    public boolean isOfAJoint() {
        return isOfAJoint;
    }

    /** Whether it can be of several sizes. */
    boolean hasAmount() {
        return !Double.isNaN(usualAmount);
    }

    /** How large it is unless said otherwise; NaN when it has no size. */
    public double usualAmount() {
        return usualAmount;
    }

    /** Least size. */
    double leastAmount() {
        return leastAmount;
    }

    /** Greatest size. */
    double mostAmount() {
        return mostAmount;
    }

    /** Of the size. */
    String unit() {
        return unit;
    }

    /** As it stands on a command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
