package io.tendon.sessionlog.recording;

/**
 * A range of capture times.
 *
 * @param fromNs first, ns since the epoch.
 * @param toNs first behind the range, ns since the epoch.
 */
public record TimeRange(long fromNs, long toNs) {
    /** Everything. */
    public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

    /** By how much capture times of one publication may go backwards, so that a search by time may stop. */
    static final long DISORDER_NS = 1_000_000_000L;

    /** Whether a time lies in the range. */
    public boolean contains(final long timeNs) {
        return timeNs >= fromNs && timeNs < toNs;
    }

    /** Whether a publication that has come to this time has nothing left in the range. */
    boolean isBehind(final long timeNs) {
        return timeNs > toNs && timeNs - toNs > DISORDER_NS;
    }

    /** Where to begin to look. */
    long searchFromNs() {
        return fromNs < Long.MIN_VALUE + DISORDER_NS ? Long.MIN_VALUE : fromNs - DISORDER_NS;
    }
}
