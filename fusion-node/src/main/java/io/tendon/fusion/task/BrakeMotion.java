package io.tendon.fusion.task;

/**
 * From a velocity and an acceleration to rest: the velocity is the cubic Hermite curve from (v0, a0) to (0, 0), so that
 * both are continuous. All joints stop at the same time T, the shortest for which the curve's bounds hold the limits:
 * jerk is at most 6 v0 / T^2 + 4 a0 / T, and with v0 / T at most 0.4 of the greatest acceleration, acceleration is at most
 * the greater of that and a0. One owner thread; allocates nothing after construction.
 */
final class BrakeMotion {
    private static final double NS_PER_S = 1e9;
    private static final double TIMES_PER_DECELERATION = 2.5;

    private final double[] from;
    private final double[] velocity;
    private final double[] acceleration;
    private double durationS;

    BrakeMotion(final int jointCount) {
        from = new double[jointCount];
        velocity = new double[jointCount];
        acceleration = new double[jointCount];
    }

    void plan(
            final double[] positions,
            final double[] velocities,
            final double[] accelerations,
            final MotionLimits limits) {
        durationS = 0;
        for (int j = 0; j < from.length; j++) {
            from[j] = positions[j];
            velocity[j] = velocities[j];
            acceleration[j] = accelerations[j];
            final double v = Math.abs(velocity[j]);
            final double a = Math.abs(acceleration[j]);
            final double jerk = limits.jerk(j);
            durationS = Math.max(durationS, TIMES_PER_DECELERATION * v / limits.acceleration(j));
            durationS = Math.max(durationS, (2 * a + Math.sqrt(4 * a * a + 6 * v * jerk)) / jerk);
        }
    }

    long durationNs() {
        return Math.round(durationS * NS_PER_S);
    }

    /** Where it ends. */
    void end(final double[] positions) {
        for (int j = 0; j < from.length; j++) {
            positions[j] = from[j] + velocity[j] * durationS / 2 + acceleration[j] * durationS * durationS / 12;
        }
    }

    /** The state at a time since the beginning, 0 to the duration. */
    void sample(
            final long elapsedNs, final double[] positions, final double[] velocities, final double[] accelerations) {
        final double t = durationS;
        final double u = t <= 0 ? 1 : Math.max(0, Math.min(1, elapsedNs / NS_PER_S / t));
        for (int j = 0; j < from.length; j++) {
            final double v0 = velocity[j];
            final double a0 = acceleration[j];
            positions[j] = from[j]
                    + v0 * t * u * (1 - u * u * (1 - u / 2))
                    + a0 * t * t * u * u * (0.5 + u * (-2.0 / 3 + u / 4));
            velocities[j] = v0 * (1 + u * u * (-3 + 2 * u)) + a0 * t * u * (1 - u) * (1 - u);
            accelerations[j] = t <= 0 ? 0 : v0 * 6 * u * (u - 1) / t + a0 * (1 - u) * (1 - 3 * u);
        }
    }
}
