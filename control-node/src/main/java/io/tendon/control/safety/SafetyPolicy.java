package io.tendon.control.safety;

/**
 * When a set-point is too old, and how long that is tolerated.
 *
 * @param periodNs of the loop's ticks, above 0.
 * @param staleAfterNs age of a set-point (now minus its capture time) above which it is stale, above 0.
 * @param maxExtrapolatedCycles ticks of the loop during which a stale set-point is extrapolated, at least 0.
 * @param latchAfterNs age of a set-point from which an arm that a ramp has brought to a stop is latched STOPPED, at
 *     least 0; until then it stands in RAMPING, which a fresh set-point ends. For as long, too, an arm that lost time while
 *     it moved waits for a set-point before it is latched.
 * @param resumeTolerance how far from the present command the first set-point may be, rad or m per joint, above 0.
 */
public record SafetyPolicy(
        long periodNs, long staleAfterNs, int maxExtrapolatedCycles, long latchAfterNs, double resumeTolerance) {

    /** Refuses a policy that means nothing. */
    public SafetyPolicy {
        require(periodNs > 0, "periodNs", periodNs, "must be above 0");
        require(staleAfterNs > 0, "staleAfterNs", staleAfterNs, "must be above 0");
        require(maxExtrapolatedCycles >= 0, "maxExtrapolatedCycles", maxExtrapolatedCycles, "must be at least 0");
        require(latchAfterNs >= 0, "latchAfterNs", latchAfterNs, "must be at least 0");
        require(resumeTolerance > 0, "resumeTolerance", resumeTolerance, "must be above 0");
    }

    private static void require(final boolean isTrue, final String name, final Number actual, final String rule) {
        if (!isTrue) {
            throw new IllegalArgumentException(name + "=" + actual + ": " + rule);
        }
    }
}
