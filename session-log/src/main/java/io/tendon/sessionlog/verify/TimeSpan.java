package io.tendon.sessionlog.verify;

import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * When something was: from one capture time to another.
 *
 * @param fromNs ns since the epoch, such as of the nearest good message before; {@link #UNKNOWN} when there is none.
 * @param toNs ns since the epoch, such as of the nearest good message behind; {@link #UNKNOWN} when there is none.
 */
public record TimeSpan(long fromNs, long toNs) {
    /** Time that says that there is none. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    /** No time is known. */
    static final TimeSpan NONE = new TimeSpan(UNKNOWN, UNKNOWN);

    private static final double NS_PER_S = 1e9;

    /** A time as ISO-8601, in UTC, to the millisecond. */
    public static String instant(final long epochNs) {
        return epochNs == UNKNOWN
                ? "an unknown time"
                : Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(epochNs)).toString();
    }

    /** Its length with its unit, for a person; only when both ends are known. */
    String lengthText() {
        return seconds(toNs - fromNs);
    }

    /** A duration with its unit, for a person. */
    static String seconds(final long durationNs) {
        return String.format(Locale.ROOT, "%.3f s", durationNs / NS_PER_S);
    }
}
