package io.tendon.fusion.task;

import io.tendon.robot.JointLimits;
import io.tendon.robot.RobotModel;

/** The most that planned motions use of each joint: velocity, acceleration, jerk. Immutable; any thread. */
public final class MotionLimits {
    private final double[] velocities;
    private final double[] accelerations;
    private final double[] jerks;

    /**
     * Limits for joints base to tip.
     *
     * @param velocities n, rad/s or m/s, above 0.
     * @param accelerations n, rad/s2 or m/s2, above 0.
     * @param jerks n, rad/s3 or m/s3, above 0.
     */
    public MotionLimits(final double[] velocities, final double[] accelerations, final double[] jerks) {
        if (velocities.length != accelerations.length || velocities.length != jerks.length) {
            throw new IllegalArgumentException("motion limits of " + velocities.length + ", " + accelerations.length
                    + " and " + jerks.length + " joints: must be as many of each");
        }
        this.velocities = velocities.clone();
        this.accelerations = accelerations.clone();
        this.jerks = jerks.clone();
    }

    /**
     * A share of what a robot may do.
     *
     * @param robot whose limits.
     * @param speedFraction share of the velocities, above 0 to 1; accelerations and jerks are scaled so that motions keep
     *     their shape in time, by its square and cube.
     * @return limits.
     */
    public static MotionLimits of(final RobotModel robot, final double speedFraction) {
        final int n = robot.jointCount();
        final double[] v = new double[n];
        final double[] a = new double[n];
        final double[] j = new double[n];
        for (int i = 0; i < n; i++) {
            final JointLimits limits = robot.joint(i).limits();
            v[i] = limits.maxVelocity() * speedFraction;
            a[i] = limits.maxAcceleration() * speedFraction * speedFraction;
            j[i] = limits.maxJerk() * speedFraction * speedFraction * speedFraction;
        }
        return new MotionLimits(v, a, j);
    }

    /** Number of joints. */
    public int jointCount() {
        return velocities.length;
    }

    /** Greatest speed of a joint, rad/s or m/s. */
    public double velocity(final int joint) {
        return velocities[joint];
    }

    /** Greatest acceleration of a joint, rad/s2 or m/s2. */
    public double acceleration(final int joint) {
        return accelerations[joint];
    }

    /** Greatest jerk of a joint, rad/s3 or m/s3. */
    public double jerk(final int joint) {
        return jerks[joint];
    }
}
