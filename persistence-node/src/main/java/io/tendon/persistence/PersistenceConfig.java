package io.tendon.persistence;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import io.tendon.persistence.incident.IncidentConfig;
import io.tendon.persistence.recording.Durability;
import io.tendon.persistence.retention.RetentionConfig;
import io.tendon.store.state.StateLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the recorder was told, checked once.
 *
 * @param robotName name of the robot on this machine.
 * @param dataDirectory where sessions are kept.
 * @param keptFiles that are copied into the session, such as the robot's URDF.
 * @param durability when what is recorded is brought to the device.
 * @param drainTimeoutNs how long a stop waits for the recorder to catch up, up to 60 s.
 * @param connectTimeoutNs how long a start waits for the driver.
 * @param isIndexed whether what is recorded is indexed at once, and questions are answered.
 * @param state how large the state may become.
 * @param incidents what makes an incident, and how much is kept of it.
 * @param retention how much of what was recorded is kept.
 */
public record PersistenceConfig(
        String robotName,
        Path dataDirectory,
        List<Path> keptFiles,
        Durability durability,
        long drainTimeoutNs,
        long connectTimeoutNs,
        boolean isIndexed,
        StateLimits state,
        IncidentConfig incidents,
        RetentionConfig retention) {

    private static final long MAX_NS = 60_000_000_000L;

    /** Checks the ranges. */
    public PersistenceConfig {
        keptFiles = List.copyOf(keptFiles);
        for (final Path file : keptFiles) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new ConfigException("keep", file, "must be a readable file", "check the path");
            }
        }
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
