package io.tendon.control;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import io.tendon.bus.cycle.RtMode;
import io.tendon.control.anomaly.DetectorSettings;
import io.tendon.control.safety.SafetyPolicy;

/**
 * How control runs; validated once at start.
 *
 * @param periodNs of the loop, 100 us to 100 ms.
 * @param spinNs how long before a tick the loop wakes up and spins, 0 to below the period.
 * @param setpointPeriodNs time between two set-points of fusion, the period to 1 s.
 * @param staleAfterNs age from which a set-point is stale, at least the set-points' period.
 * @param extrapolateCycles for how many ticks a stale set-point is extrapolated, 0 to 1000.
 * @param latchAfterNs age of the newest set-point from which an arm that stands is latched STOPPED, 0 to 1 h.
 * @param resumeTolerance how far the first set-point may be from the arm, rad or m, above 0, at most 1.
 * @param anomalyMargin by which all that is allowed before something is an anomaly is multiplied, 0.1 to 100.
 * @param maxPayloadKg most that the gripper carries when nothing is wrong, 0 to 1000.
 * @param rt how much real-time scheduling is insisted on.
 * @param rtPriority under SCHED_FIFO, 1 to 99.
 * @param cpu to pin the loop to, -1 for none.
 */
public record ControlConfig(
        long periodNs,
        long spinNs,
        long setpointPeriodNs,
        long staleAfterNs,
        int extrapolateCycles,
        long latchAfterNs,
        double resumeTolerance,
        double anomalyMargin,
        double maxPayloadKg,
        RtMode rt,
        int rtPriority,
        int cpu) {
    private static final String SEE = "see control-node run --help";
    private static final long LONGEST_LATCH_NS = 3_600_000_000_000L;

    /** Refuses what cannot work. */
    public ControlConfig {
        duration("period", periodNs, 100_000, 100_000_000);
        duration("spin", spinNs, 0, periodNs - 1);
        duration("setpoint-period", setpointPeriodNs, periodNs, 1_000_000_000);
        duration("stale-after", staleAfterNs, setpointPeriodNs, 10_000_000_000L);
        number("extrapolate-cycles", extrapolateCycles, 0, 1000);
        duration("latch-after", latchAfterNs, 0, LONGEST_LATCH_NS);
        number("resume-tolerance", resumeTolerance, Double.MIN_VALUE, 1);
        number("anomaly-margin", anomalyMargin, 0.1, 100);
        number("max-payload", maxPayloadKg, 0, 1_000);
        number("rt-priority", rtPriority, 1, 99);
        number("cpu", cpu, -1, 1023);
    }

    /** What the safety state machine needs to know. */
    public SafetyPolicy safetyPolicy() {
        return new SafetyPolicy(periodNs, staleAfterNs, extrapolateCycles, latchAfterNs, resumeTolerance);
    }

    /** What the detector of anomalies needs to know. */
    public DetectorSettings detectorSettings() {
        return new DetectorSettings(periodNs, maxPayloadKg, anomalyMargin, true);
    }

    private static void duration(final String name, final long actualNs, final long leastNs, final long mostNs) {
        if (actualNs < leastNs || actualNs > mostNs) {
            throw new ConfigException(
                    name,
                    Durations.format(actualNs),
                    "must be " + Durations.format(leastNs) + " to " + Durations.format(mostNs),
                    SEE);
        }
    }

    private static void number(final String name, final double actual, final double least, final double most) {
        if (!(actual >= least && actual <= most)) {
            throw new ConfigException(name, actual, "must be " + least + " to " + most, SEE);
        }
    }
}
