package io.tendon.persistence.recording;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import io.tendon.bus.counter.DurabilityLevel;
import org.jspecify.annotations.Nullable;

/**
 * When what is recorded is brought to the device. Immutable; any thread.
 *
 * @param level of durability.
 * @param flushPeriodNs of {@link DurabilityLevel#PERIODIC}: time between two flushes, 1 ms to 60 s; 0 of the other levels.
 */
public record Durability(DurabilityLevel level, long flushPeriodNs) {
    /** Every 100 ms. */
    public static final Durability DEFAULT = new Durability(DurabilityLevel.PERIODIC, 100_000_000L);

    private static final long MIN_FLUSH_NS = 1_000_000L;
    private static final long MAX_FLUSH_NS = 60_000_000_000L;

    /** Checks the range. */
    public Durability {
        if (level == DurabilityLevel.PERIODIC && (flushPeriodNs < MIN_FLUSH_NS || flushPeriodNs > MAX_FLUSH_NS)) {
            throw new ConfigException(
                    "flush-period",
                    Durations.format(flushPeriodNs),
                    "must be " + Durations.format(MIN_FLUSH_NS) + " to " + Durations.format(MAX_FLUSH_NS),
                    "see config/persistence-node.properties");
        }
    }

    /**
     * From the options of a command.
     *
     * @param level of durability.
     * @param flushPeriodNs as it was given; null when it was not.
     * @return what they ask for.
     * @throws ConfigException when the period is out of range, or given with a level that has none.
     */
    public static Durability of(final DurabilityLevel level, final @Nullable Long flushPeriodNs) {
        if (level == DurabilityLevel.PERIODIC) {
            return flushPeriodNs == null ? DEFAULT : new Durability(level, flushPeriodNs);
        }
        if (flushPeriodNs != null) {
            throw new ConfigException(
                    "flush-period",
                    Durations.format(flushPeriodNs),
                    "must not be given with durability=" + level + ", which has no period",
                    "leave it out, or choose durability=" + DurabilityLevel.PERIODIC);
        }
        return new Durability(level, 0);
    }

    /** For a person and the manifest, such as {@code periodic 100ms}. */
    public String text() {
        return level == DurabilityLevel.PERIODIC ? level + " " + Durations.format(flushPeriodNs) : level.toString();
    }

    /** What Aeron's archive is to flush itself: 1 for each block on the recorder's thread, before its position moves. */
    int fileSyncLevel() {
        return level == DurabilityLevel.EACH_BLOCK ? 1 : 0;
    }

    /** The same for its catalog, which is small and rare. */
    int catalogSyncLevel() {
        return level == DurabilityLevel.NONE ? 0 : 1;
    }
}
