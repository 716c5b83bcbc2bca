package io.tendon.fusion.align;

/**
 * How time is cut into windows.
 *
 * @param windowNs length of a window, ns; a whole number (1 to 64) of sample periods.
 * @param samplePeriodNs how often a sample is expected, ns.
 * @param graceNs how long after its end a window waits for stragglers, ns; 0 to below one window.
 * @param maxCatchUpWindows how many windows may be closed at once after a stall, 1 to 1024; older ones are skipped with
 *     a count.
 */
public record WindowTiming(long windowNs, long samplePeriodNs, long graceNs, int maxCatchUpWindows) {
    /** Bits of the completeness mask. */
    public static final int MAX_SLOTS = 64;

    /** Most windows that may be closed at once. */
    public static final int MAX_CATCH_UP_WINDOWS = 1024;

    /** Checks the ranges; {@link IllegalArgumentException} names the value that is out of its range. */
    public WindowTiming {
        if (samplePeriodNs <= 0) {
            throw new IllegalArgumentException("samplePeriodNs=" + samplePeriodNs + ": must be above 0");
        }
        if (windowNs < samplePeriodNs || windowNs % samplePeriodNs != 0 || windowNs / samplePeriodNs > MAX_SLOTS) {
            throw new IllegalArgumentException("windowNs=" + windowNs + ": must be 1 to " + MAX_SLOTS
                    + " whole sample periods of " + samplePeriodNs + " ns");
        }
        if (graceNs < 0 || graceNs >= windowNs) {
            throw new IllegalArgumentException("graceNs=" + graceNs + ": must be 0 to below the window, " + windowNs);
        }
        if (maxCatchUpWindows < 1 || maxCatchUpWindows > MAX_CATCH_UP_WINDOWS) {
            throw new IllegalArgumentException(
                    "maxCatchUpWindows=" + maxCatchUpWindows + ": must be 1 to " + MAX_CATCH_UP_WINDOWS);
        }
    }

    /** Expected samples of a window, 1 to 64. */
    public int slots() {
        return (int) (windowNs / samplePeriodNs);
    }

    /**
     * The window that a time belongs to.
     *
     * @param timeNs ns since the epoch.
     * @return number of the window since the epoch.
     */
    public long windowIndex(final long timeNs) {
        return Math.floorDiv(timeNs, windowNs);
    }

    /**
     * When a window is closed.
     *
     * @param windowIndex number of the window since the epoch.
     * @return its end plus the grace, ns since the epoch.
     */
    public long closeTimeNs(final long windowIndex) {
        return (windowIndex + 1) * windowNs + graceNs;
    }
}
