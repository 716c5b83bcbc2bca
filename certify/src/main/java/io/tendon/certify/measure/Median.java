package io.tendon.certify.measure;

import java.util.stream.DoubleStream;

/** The middle of some values. Any thread. */
public final class Median {
    private Median() {}

    /** The middle value; that of an even number of values is the mean of the two in the middle. NaN for none. */
    public static double of(final DoubleStream values) {
        final double[] sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
