package io.tendon.persistence.retention;

import io.tendon.bus.config.ConfigException;

/**
 * How much of what was recorded is kept. Immutable; any thread.
 *
 * @param maxAgeNs oldest capture time that is kept, before now; {@link #UNLIMITED} for any.
 * @param maxBytes of all sessions together, recordings alone; {@link #UNLIMITED} for any.
 * @param minFreeBytes on the disk; 0 for none.
 */
public record RetentionConfig(long maxAgeNs, long maxBytes, long minFreeBytes) {
    /** No bound. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** Nothing is ever deleted. */
    public static final RetentionConfig KEEP_ALL = new RetentionConfig(UNLIMITED, UNLIMITED, 0);

    private static final long MIN_AGE_NS = 60_000_000_000L;
    private static final long MIN_BYTES = 16L << 20;

    /** Checks the ranges. */
    public RetentionConfig {
        if (maxAgeNs < MIN_AGE_NS) {
            throw new ConfigException(
                    "keep-age", maxAgeNs + "ns", "must be 1 min or more", "see config/persistence-node.properties");
        }
        if (maxBytes < MIN_BYTES) {
            throw new ConfigException(
                    "keep-bytes",
                    maxBytes,
                    "must be 16MiB or more; the newest segment of each recording stays whatever is asked",
                    "see config/persistence-node.properties");
        }
        if (minFreeBytes < 0) {
            throw new ConfigException(
                    "keep-free", minFreeBytes, "must be 0 or more", "see config/persistence-node.properties");
        }
    }

    /** Whether anything is ever deleted. */
    public boolean isBounded() {
        return maxAgeNs != UNLIMITED || maxBytes != UNLIMITED || minFreeBytes > 0;
    }
}
