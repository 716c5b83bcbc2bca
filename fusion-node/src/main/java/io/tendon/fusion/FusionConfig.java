package io.tendon.fusion;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import io.tendon.bus.cycle.RtMode;
import io.tendon.fusion.align.WindowTiming;
import io.tendon.fusion.task.TaskSettings;

/**
 * How a fusion node runs, validated once in its main and passed down.
 *
 * @param windowNs length of a window, ns: 1 to 64 whole sample periods, 1 ms to 100 ms.
 * @param samplePeriodNs period of control.state, ns, above 0.
 * @param graceNs how long after its end a window waits for stragglers, ns, 0 to below the window.
 * @param horizonNs from a window's end to the target time of its set-point, ns: above the grace, at most 10 windows.
 * @param maxCatchUpWindows windows closed at once after a stall at most, 1 to 1024.
 * @param speedFraction share of the joints' speed that the task uses, 0.05 to 0.95.
 * @param followTolerance distance of command and set-point from which the task plans anew, rad or m, 0.001 to 0.5.
 * @param rtMode how much to insist on SCHED_FIFO.
 * @param cpu core to pin the loop to, from 0; -1 for none.
 */
public record FusionConfig(
        long windowNs,
        long samplePeriodNs,
        long graceNs,
        long horizonNs,
        int maxCatchUpWindows,
        double speedFraction,
        double followTolerance,
        RtMode rtMode,
        int cpu) {
    /** Priority of the loop under SCHED_FIFO: below control's. */
    public static final int RT_PRIORITY = 40;

    /** Windows without a sample of control for which the task goes on. */
    public static final int MAX_SILENT_WINDOWS = 10;

    private static final long MIN_WINDOW_NS = 1_000_000L;
    private static final long MAX_WINDOW_NS = 100_000_000L;
    private static final int MAX_HORIZON_WINDOWS = 10;

    /** Checks the ranges; {@link ConfigException} names option, value, rule and remedy. */
    public FusionConfig {
        final String windowText = Durations.format(windowNs);
        if (windowNs < MIN_WINDOW_NS || windowNs > MAX_WINDOW_NS) {
            throw new ConfigException("window", windowText, "must be 1ms to 100ms", "10ms is the default");
        }
        if (samplePeriodNs <= 0
                || windowNs % samplePeriodNs != 0
                || windowNs / samplePeriodNs > WindowTiming.MAX_SLOTS) {
            throw new ConfigException(
                    "sample-period",
                    Durations.format(samplePeriodNs),
                    "must fit 1 to " + WindowTiming.MAX_SLOTS + " times into window=" + windowText,
                    "give control's period");
        }
        if (graceNs < 0 || graceNs >= windowNs) {
            throw new ConfigException(
                    "grace",
                    Durations.format(graceNs),
                    "must be 0 to below window=" + windowText,
                    "1ms is the default");
        }
        if (horizonNs <= graceNs || horizonNs > MAX_HORIZON_WINDOWS * windowNs) {
            throw new ConfigException(
                    "horizon",
                    Durations.format(horizonNs),
                    "must be above grace=" + Durations.format(graceNs) + " and at most 10 windows",
                    "one window, the grace and a margin are enough: 15ms");
        }
        if (maxCatchUpWindows < 1 || maxCatchUpWindows > WindowTiming.MAX_CATCH_UP_WINDOWS) {
            throw new ConfigException(
                    "max-catch-up",
                    maxCatchUpWindows,
                    "must be 1 to " + WindowTiming.MAX_CATCH_UP_WINDOWS,
                    "20 is the default");
        }
        if (!(speedFraction >= 0.05 && speedFraction <= 0.95)) {
            throw new ConfigException("speed", speedFraction, "must be 0.05 to 0.95", "0.6 is the default");
        }
        if (!(followTolerance >= 0.001 && followTolerance <= 0.5)) {
            throw new ConfigException(
                    "follow-tolerance", followTolerance, "must be 0.001 to 0.5", "0.03 is the default");
        }
        if (cpu < -1) {
            throw new ConfigException("cpu", cpu, "must be -1 or a core", "use -1 for no pinning");
        }
    }

    /** How time is cut into windows. */
    public WindowTiming windowTiming() {
        return new WindowTiming(windowNs, samplePeriodNs, graceNs, maxCatchUpWindows);
    }

    /** How the task is carried out. */
    public TaskSettings taskSettings() {
        return new TaskSettings(windowNs, horizonNs, followTolerance, MAX_SILENT_WINDOWS);
    }
}
