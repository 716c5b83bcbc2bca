package io.tendon.certify.inject;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How late cycles were, in buckets whose bounds grow 1, 2, 5, 10: 10 us to 10 s. Immutable.
 *
 * @param buckets one count for each of {@link #bucketCount}.
 * @param p50Ns median, 0 when there is none.
 * @param p99Ns 99th percentile.
 * @param p999Ns 99.9th percentile.
 * @param maxNs largest.
 */
record Lateness(List<Long> buckets, long p50Ns, long p99Ns, long p999Ns, long maxNs) {
    private static final long[] BOUNDS_NS = bounds();
    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_S = 1e9;

    /** Copies the counts. */
    Lateness {
        buckets = List.copyOf(buckets);
    }

    /**
     * Counts.
     *
     * @param latenessesNs of cycles, in any order.
     * @return their distribution.
     */
    static Lateness of(final long... latenessesNs) {
        final long[] sorted = latenessesNs.clone();
        Arrays.sort(sorted);
        final long[] buckets = new long[bucketCount()];
        int bucket = 0;
        for (final long latenessNs : sorted) {
            while (bucket < BOUNDS_NS.length && latenessNs >= BOUNDS_NS[bucket]) {
                bucket++;
            }
            buckets[bucket]++;
        }
        return new Lateness(
                Arrays.stream(buckets).boxed().toList(),
                percentile(sorted, 0.5),
                percentile(sorted, 0.99),
                percentile(sorted, 0.999),
                percentile(sorted, 1));
    }

    /** Buckets that there are, the last without an upper bound. */
    static int bucketCount() {
        return BOUNDS_NS.length + 1;
    }

    /** What belongs into a bucket, for a person: {@code < 10us}, {@code >= 1ms}. */
    static String bucketName(final int index) {
        return index == 0 ? "< " + text(BOUNDS_NS[0]) : ">= " + text(BOUNDS_NS[index - 1]);
    }

    /** Lowest lateness of a bucket, ns. */
    static long bucketFromNs(final int index) {
        return index == 0 ? 0 : BOUNDS_NS[index - 1];
    }

    /** A lateness for a person. */
    static String text(final long latenessNs) {
        if (latenessNs < NS_PER_MS) {
            return String.format(Locale.ROOT, "%.0fus", latenessNs / NS_PER_US);
        }
        return latenessNs < NS_PER_S
                ? String.format(Locale.ROOT, latenessNs < 10 * NS_PER_MS ? "%.1fms" : "%.0fms", latenessNs / NS_PER_MS)
                : String.format(Locale.ROOT, "%.1fs", latenessNs / NS_PER_S);
    }

    /** Cycles in all. */
    long count() {
        return buckets.stream().mapToLong(Long::longValue).sum();
    }

    /** Nearest rank. */
    private static long percentile(final long[] sorted, final double share) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    private static long[] bounds() {
        final int[] steps = {1, 2, 5};
        final int decades = 6;
        final long[] bounds = new long[steps.length * decades + 1];
        long decadeNs = 10_000L;
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = steps[i % steps.length] * decadeNs;
            decadeNs *= i % steps.length == steps.length - 1 ? 10 : 1;
        }
        return bounds;
    }
}
