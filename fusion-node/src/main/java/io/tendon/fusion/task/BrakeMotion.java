package io.tendon.fusion.task;

/**
 * From a velocity to rest: v(u) = v0 (1 - 3 u^2 + 2 u^3), which begins and ends without acceleration. All joints stop at
 * the same time, the shortest that holds acceleration (peak 1.5 v0 / T) and jerk (peak 6 v0 / T^2). One owner thread;
 * allocates nothing after construction.
 */
final class BrakeMotion {
    private static final double NS_PER_S = 1e9;

    private final double[] from;
    private final double[] velocity;
    private double durationS;

    BrakeMotion(final int jointCount) {
        from = new double[jointCount];
        velocity = new double[jointCount];
    }

    void plan(final double[] positions, final double[] velocities, final MotionLimits limits) {
        durationS = 0;
        for (int j = 0; j < from.length; j++) {
            from[j] = positions[j];
            velocity[j] = velocities[j];
            final double speed = Math.abs(velocities[j]);
            durationS = Math.max(durationS, 1.5 * speed / limits.acceleration(j));
            durationS = Math.max(durationS, Math.sqrt(6 * speed / limits.jerk(j)));
        }
    }

    long durationNs() {
        return Math.round(durationS * NS_PER_S);
    }

    void sample(final long elapsedNs, final double[] positions, final double[] velocities, final double[] accelerations) {
        final double u = durationS <= 0 ? 1 : Math.max(0, Math.min(1, elapsedNs / NS_PER_S / durationS));
        for (int j = 0; j < from.length; j++) {
            positions[j] = from[j] + velocity[j] * durationS * u * (1 - u * u * (1 - u / 2));
            velocities[j] = velocity[j] * (1 + u * u * (-3 + 2 * u));
            accelerations[j] = durationS <= 0 ? 0 : velocity[j] * 6 * u * (u - 1) / durationS;
        }
    }
}
