package io.tendon.certify.inject;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;

/**
 * How long is measured. Immutable.
 *
 * @param beforeNs without the fault, ns.
 * @param duringNs with it, ns; longer when the fault takes longer to come about.
 * @param afterNs without it again, ns; longer when the robot takes longer to recover.
 */
public record PhasePlan(long beforeNs, long duringNs, long afterNs) {
    /** Refuses a measurement without a fault. */
    public PhasePlan {
        if (duringNs <= 0) {
            throw new ConfigException("for", Durations.format(duringNs), "must be above 0", "try --for 10s");
        }
    }
}
