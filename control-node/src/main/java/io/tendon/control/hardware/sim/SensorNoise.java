package io.tendon.control.hardware.sim;

import io.tendon.bus.RealTime;

/**
 * Random numbers of a seed, the same on every JVM (SplitMix64, Steele, Lea, Flood 2014). Owner: one thread.
 */
@RealTime
final class SensorNoise {
    private static final double TO_UNIT = 0x1.0p-53;

    private long state;

    SensorNoise(final long seed) {
        state = seed;
    }

    /** Sum of four uniform numbers, scaled to variance 1: bell-shaped, within 3.5 either side. */
    double bell() {
        return (unit() + unit() + unit() + unit() - 2) * Math.sqrt(3);
    }

    private double unit() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >>> 11) * TO_UNIT;
    }
}
