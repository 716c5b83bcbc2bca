package io.tendon.certify.page;

/**
 * A logarithmic axis of times. Immutable.
 *
 * @param leastNs at its beginning.
 * @param mostNs at its end.
 * @param from coordinate of the beginning.
 * @param to coordinate of the end.
 */
record LogAxis(long leastNs, long mostNs, double from, double to) {
    /** Coordinate of a time; times beyond the ends are put on them. */
    double at(final long ns) {
        final double clamped = Math.max(leastNs, Math.min(mostNs, ns));
        return from + (to - from) * Math.log(clamped / leastNs) / Math.log((double) mostNs / leastNs);
    }
}
