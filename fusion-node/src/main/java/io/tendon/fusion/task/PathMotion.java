package io.tendon.fusion.task;

/**
 * A path driven from rest to rest in the shortest time that holds the limits, with a quintic time scaling: s(u) = 10 u^3 -
 * 15 u^4 + 6 u^5, whose velocity and acceleration are 0 at both ends (Biagiotti and Melchiorri, Trajectory Planning for
 * Automatic Machines and Robots, 2.1.7).
 *
 * <p>Along a path q(s), velocity, acceleration and jerk are fixed functions of u divided by T, T^2 and T^3, so the least
 * duration T follows from their largest values, found on a grid. One owner thread; allocates nothing after construction.
 */
final class PathMotion {
    private static final int GRID = 100;
    private static final double NS_PER_S = 1e9;

    /** The grid misses a peak by less than this share. */
    private static final double GRID_MARGIN = 1.002;

    private final JointPath path;
    private double durationS;

    PathMotion(final int jointCount, final int maxWaypoints) {
        path = new JointPath(jointCount, maxWaypoints);
    }

    /** The path to set before {@link #plan}. */
    JointPath path() {
        return path;
    }

    /** Computes the duration for the path as it is now. */
    void plan(final MotionLimits limits) {
        double longestS = 0;
        for (int k = 0; k <= GRID; k++) {
            final double u = (double) k / GRID;
            final double s = scale(u);
            final double s1 = scale1(u);
            final double s2 = scale2(u);
            final double s3 = scale3(u);
            for (int j = 0; j < path.jointCount(); j++) {
                final double q1 = path.slope(s, j);
                final double q2 = path.bend(s, j);
                final double q3 = path.twist(s, j);
                final double v = Math.abs(q1 * s1);
                final double a = Math.abs(q2 * s1 * s1 + q1 * s2);
                final double jerk = Math.abs(q3 * s1 * s1 * s1 + 3 * q2 * s1 * s2 + q1 * s3);
                longestS = Math.max(longestS, v / limits.velocity(j));
                longestS = Math.max(longestS, Math.sqrt(a / limits.acceleration(j)));
                longestS = Math.max(longestS, Math.cbrt(jerk / limits.jerk(j)));
            }
        }
        durationS = longestS * GRID_MARGIN;
    }

    long durationNs() {
        return Math.round(durationS * NS_PER_S);
    }

    /** The state at a time since the beginning, 0 to the duration. */
    void sample(
            final long elapsedNs, final double[] positions, final double[] velocities, final double[] accelerations) {
        if (durationS <= 0) {
            rest(1, positions, velocities, accelerations);
            return;
        }
        final double u = Math.max(0, Math.min(1, elapsedNs / NS_PER_S / durationS));
        final double s = scale(u);
        final double s1 = scale1(u) / durationS;
        final double s2 = scale2(u) / (durationS * durationS);
        for (int j = 0; j < positions.length; j++) {
            final double q1 = path.slope(s, j);
            positions[j] = path.position(s, j);
            velocities[j] = q1 * s1;
            accelerations[j] = path.bend(s, j) * s1 * s1 + q1 * s2;
        }
    }

    private void rest(
            final double s, final double[] positions, final double[] velocities, final double[] accelerations) {
        for (int j = 0; j < positions.length; j++) {
            positions[j] = path.position(s, j);
            velocities[j] = 0;
            accelerations[j] = 0;
        }
    }

    private static double scale(final double u) {
        return u * u * u * (10 + u * (-15 + u * 6));
    }

    private static double scale1(final double u) {
        return 30 * u * u * (1 - u) * (1 - u);
    }

    private static double scale2(final double u) {
        return 60 * u * (1 + u * (-3 + 2 * u));
    }

    private static double scale3(final double u) {
        return 60 + u * (-360 + 360 * u);
    }
}
