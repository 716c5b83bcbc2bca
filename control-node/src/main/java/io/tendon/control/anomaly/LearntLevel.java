package io.tendon.control.anomaly;

import io.tendon.bus.RealTime;

/** How large a residual is when nothing is wrong, learnt over about {@value #MEMORY_S} s. Owner: one thread. */
@RealTime
final class LearntLevel {
    private static final double MEMORY_S = 20;
    private static final double TIMES = 4;

    private double mean;

    /** Takes the size of a residual, which nothing was wrong with. */
    void update(final double size, final double dtS) {
        mean += (size - mean) * -Math.expm1(-dtS / MEMORY_S);
    }

    /** What is allowed for it. */
    double allowance() {
        return TIMES * mean;
    }
}
