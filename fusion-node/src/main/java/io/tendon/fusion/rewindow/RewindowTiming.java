package io.tendon.fusion.rewindow;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import io.tendon.fusion.align.WindowTiming;
import io.tendon.fusion.link.RecordedStatements.SaidWindow;
import org.jspecify.annotations.Nullable;

/**
 * How the windows are cut that are made again.
 *
 * @param windowNs length of a window, ns.
 * @param samplePeriodNs length of a slot, ns.
 */
record RewindowTiming(long windowNs, long samplePeriodNs) {
    private static final long MIN_WINDOW_NS = 1_000_000L;
    private static final long MAX_WINDOW_NS = 100_000_000L;

    /**
     * The run's timing, or another length of windows with the run's slots.
     *
     * @param first window of the run.
     * @param wantedNs length that was asked for, ns; null for the run's.
     * @return the timing.
     * @throws ConfigException when the length makes no windows of the run's slots.
     */
    static RewindowTiming of(final SaidWindow first, final @Nullable Long wantedNs) {
        final long periodNs = first.samplePeriodNs();
        if (wantedNs == null) {
            return new RewindowTiming(first.endNs() - first.startNs(), periodNs);
        }
        final String wanted = Durations.format(wantedNs);
        if (wantedNs < MIN_WINDOW_NS || wantedNs > MAX_WINDOW_NS) {
            throw new ConfigException("window", wanted, "must be 1ms to 100ms", "leave it out for that of the run");
        }
        if (wantedNs % periodNs != 0 || wantedNs / periodNs > WindowTiming.MAX_SLOTS) {
            throw new ConfigException(
                    "window",
                    wanted,
                    "must be 1 to " + WindowTiming.MAX_SLOTS + " whole sample periods of the run, "
                            + Durations.format(periodNs),
                    "leave it out for that of the run, " + Durations.format(first.endNs() - first.startNs()));
        }
        return new RewindowTiming(wantedNs, periodNs);
    }

    /** Slots of a window, 1 to 64. */
    int slots() {
        return (int) (windowNs / samplePeriodNs);
    }
}
