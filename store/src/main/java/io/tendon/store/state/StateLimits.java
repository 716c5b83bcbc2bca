package io.tendon.store.state;

import io.tendon.bus.config.ConfigException;

/**
 * How large the map is; its file and its place in memory are of that size from the start. Immutable; any thread.
 *
 * @param entries most keys, those that were removed included.
 * @param contentBytes longest message that is kept, header included; of a longer one it is kept where it stands in the
 *     recording.
 */
public record StateLimits(int entries, int contentBytes) {
    /** For a robot of up to 16 joints: all of its messages fit but embeddings and the longest of the recorder's progress. */
    public static final StateLimits DEFAULT = new StateLimits(4_096, 1_280);

    private static final int MAX_ENTRIES = 1_000_000;
    private static final int MIN_CONTENT_BYTES = 64;
    private static final int MAX_CONTENT_BYTES = 8_192;

    /** Checks the ranges. */
    public StateLimits {
        require("state-entries", entries, 1, MAX_ENTRIES);
        require("state-content-bytes", contentBytes, MIN_CONTENT_BYTES, MAX_CONTENT_BYTES);
    }

    private static void require(final String key, final int actual, final int min, final int max) {
        if (actual < min || actual > max) {
            throw new ConfigException(
                    key, actual, "must be " + min + " to " + max, "see config/persistence-node.properties");
        }
    }
}
