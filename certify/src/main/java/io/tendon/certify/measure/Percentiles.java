package io.tendon.certify.measure;

import org.HdrHistogram.Histogram;

/**
 * Distribution of a time in ns. Nothing is left out and the maximum is the true one; the others are exact to three
 * digits (HdrHistogram). Immutable.
 *
 * @param count of values.
 * @param p50 median.
 * @param p99 99th percentile.
 * @param p999 99.9th percentile.
 * @param p9999 99.99th percentile.
 * @param max largest value.
 */
public record Percentiles(long count, long p50, long p99, long p999, long p9999, long max) {
    /**
     * Of a histogram.
     *
     * @param histogram of ns.
     * @param max the largest value that went in.
     * @return its percentiles; all 0 when it is empty.
     */
    static Percentiles of(final Histogram histogram, final long max) {
        return new Percentiles(
                histogram.getTotalCount(),
                value(histogram, 50, max),
                value(histogram, 99, max),
                value(histogram, 99.9, max),
                value(histogram, 99.99, max),
                max);
    }

    private static long value(final Histogram histogram, final double percentile, final long max) {
        return histogram.getTotalCount() == 0 ? 0 : Math.min(max, histogram.getValueAtPercentile(percentile));
    }
}
