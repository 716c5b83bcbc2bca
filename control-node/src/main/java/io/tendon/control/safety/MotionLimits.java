package io.tendon.control.safety;

import io.tendon.robot.JointLimits;
import io.tendon.robot.RobotModel;

/** What each joint may do, as arrays base to tip for the cycle. Units of the joint: rad or m. Immutable by custom. */
public final class MotionLimits {
    private final double[] lowerPositions;
    private final double[] upperPositions;
    private final double[] maxVelocities;
    private final double[] maxAccelerations;
    private final double[] maxJerks;

    /**
     * Takes copies of the arrays, which have one entry a joint.
     *
     * @param lowerPositions least positions; may be negative infinity.
     * @param upperPositions greatest positions; may be infinity.
     * @param maxVelocities per s, above 0.
     * @param maxAccelerations per s2, above 0.
     * @param maxJerks per s3, above 0.
     */
    public MotionLimits(
            final double[] lowerPositions,
            final double[] upperPositions,
            final double[] maxVelocities,
            final double[] maxAccelerations,
            final double[] maxJerks) {
        this.lowerPositions = lowerPositions.clone();
        this.upperPositions = upperPositions.clone();
        this.maxVelocities = maxVelocities.clone();
        this.maxAccelerations = maxAccelerations.clone();
        this.maxJerks = maxJerks.clone();
    }

    /** The limits of a robot's arm joints. */
    public static MotionLimits of(final RobotModel robot) {
        final int count = robot.jointCount();
        final double[][] columns = new double[5][count];
        for (int i = 0; i < count; i++) {
            final JointLimits limits = robot.joint(i).limits();
            columns[0][i] = limits.lowerPosition();
            columns[1][i] = limits.upperPosition();
            columns[2][i] = limits.maxVelocity();
            columns[3][i] = limits.maxAcceleration();
            columns[4][i] = limits.maxJerk();
        }
        return new MotionLimits(columns[0], columns[1], columns[2], columns[3], columns[4]);
    }

    /** Number of joints. */
    public int jointCount() {
        return lowerPositions.length;
    }

    /** Least position of a joint, rad or m. */
    public double lowerPosition(final int joint) {
        return lowerPositions[joint];
    }

    /** Greatest position of a joint, rad or m. */
    public double upperPosition(final int joint) {
        return upperPositions[joint];
    }

    /** Greatest speed of a joint, rad/s or m/s. */
    public double maxVelocity(final int joint) {
        return maxVelocities[joint];
    }

    /** Greatest acceleration of a joint, rad/s2 or m/s2. */
    public double maxAcceleration(final int joint) {
        return maxAccelerations[joint];
    }

    /** Greatest jerk of a joint, rad/s3 or m/s3. */
    public double maxJerk(final int joint) {
        return maxJerks[joint];
    }
}
