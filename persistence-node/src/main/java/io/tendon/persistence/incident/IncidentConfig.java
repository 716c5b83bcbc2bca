package io.tendon.persistence.incident;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;

/**
 * What makes an incident, and how much is kept of it. Immutable; any thread.
 *
 * @param beforeNs kept from before it, 0 to 1 h.
 * @param afterNs kept from after it, 0 to 1 h.
 * @param missedCycles in a row that make one; 1 or more.
 */
public record IncidentConfig(long beforeNs, long afterNs, int missedCycles) {
    /** As it is without options. */
    public static final IncidentConfig DEFAULT = new IncidentConfig(30_000_000_000L, 10_000_000_000L, 20);

    private static final long MAX_NS = 3_600_000_000_000L;

    /** Checks the ranges. */
    public IncidentConfig {
        requireWithin("incident-before", beforeNs);
        requireWithin("incident-after", afterNs);
        if (missedCycles < 1) {
            throw new ConfigException(
                    "incident-missed-cycles",
                    missedCycles,
                    "must be 1 or more",
                    "see config/persistence-node.properties");
        }
    }

    private static void requireWithin(final String key, final long actualNs) {
        if (actualNs < 0 || actualNs > MAX_NS) {
            throw new ConfigException(
                    key,
                    Durations.format(actualNs),
                    "must be 0s to " + Durations.format(MAX_NS),
                    "see config/persistence-node.properties");
        }
    }
}
