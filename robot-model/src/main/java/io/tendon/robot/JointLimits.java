package io.tendon.robot;

/**
 * What a joint may do. Units are those of its type: rad or m, per s, s2 and s3; N m or N.
 *
 * @param lowerPosition least position; negative infinity for a continuous joint.
 * @param upperPosition greatest position, above the least; positive infinity for a continuous joint.
 * @param maxVelocity greatest speed, above 0.
 * @param maxAcceleration greatest acceleration, above 0; URDF has none, the reader derives it from the velocity.
 * @param maxJerk greatest change of acceleration per s, above 0; URDF has none either.
 * @param maxEffort greatest torque or force of the motor, above 0.
 */
public record JointLimits(
        double lowerPosition,
        double upperPosition,
        double maxVelocity,
        double maxAcceleration,
        double maxJerk,
        double maxEffort) {
    private static final double ROTOR_ACCELERATION = 250;

    /** Refuses limits that leave nothing to move. */
    public JointLimits {
        if (!(lowerPosition < upperPosition)) {
            throw new IllegalArgumentException(
                    "lowerPosition=" + lowerPosition + ": must be below upperPosition=" + upperPosition);
        }
        positive("maxVelocity", maxVelocity);
        positive("maxAcceleration", maxAcceleration);
        positive("maxJerk", maxJerk);
        positive("maxEffort", maxEffort);
    }

    /**
     * Inertia of a motor and its gear that has an effort, as the joint feels it: alone it accelerates itself by {@value
     * #ROTOR_ACCELERATION} rad/s2 or m/s2. URDF leaves it out.
     *
     * @return kg m2 or kg.
     */
    public double rotorInertia() {
        return maxEffort / ROTOR_ACCELERATION;
    }

    /**
     * The position moved into the limits.
     *
     * @param position any, rad or m.
     * @return the nearest position within the limits.
     */
    public double clamp(final double position) {
        return Math.max(lowerPosition, Math.min(upperPosition, position));
    }

    /**
     * Whether both position limits are finite.
     *
     * @return false for a continuous joint.
     */
    public boolean isBounded() {
        return lowerPosition > Double.NEGATIVE_INFINITY && upperPosition < Double.POSITIVE_INFINITY;
    }

    private static void positive(final String name, final double value) {
        if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(name + "=" + value + ": must be finite and above 0");
        }
    }
}
