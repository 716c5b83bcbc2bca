package io.tendon.persistence;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the recorder was told, checked once.
 *
 * @param robotName name of the robot on this machine.
 * @param dataDirectory where sessions are kept.
 * @param installedConfig directory of the installation's configuration, copied into each session; null when there is none.
 * @param flushPeriodNs between two flushes to the device, 1 ms to 60 s; a power cut loses at most that much.
 * @param drainTimeoutNs how long a stop waits for the recorder to catch up, up to 60 s.
 * @param connectTimeoutNs how long a start waits for the driver.
 */
public record PersistenceConfig(
        String robotName,
        Path dataDirectory,
        @Nullable Path installedConfig,
        long flushPeriodNs,
        long drainTimeoutNs,
        long connectTimeoutNs) {

    private static final long MIN_FLUSH_NS = 1_000_000L;
    private static final long MAX_NS = 60_000_000_000L;

    /** Checks the ranges. */
    public PersistenceConfig {
        requireBetween("flush-period", flushPeriodNs, MIN_FLUSH_NS, MAX_NS);
        requireBetween("drain-timeout", drainTimeoutNs, 0, MAX_NS);
        requireBetween("connect-timeout", connectTimeoutNs, 0, 10 * MAX_NS);
    }

    private static void requireBetween(final String key, final long actualNs, final long minNs, final long maxNs) {
        if (actualNs < minNs || actualNs > maxNs) {
            throw new ConfigException(
                    key,
                    Durations.format(actualNs),
                    "must be " + Durations.format(minNs) + " to " + Durations.format(maxNs),
                    "see config/persistence-node.properties");
        }
    }
}
