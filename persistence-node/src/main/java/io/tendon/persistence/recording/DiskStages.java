package io.tendon.persistence.recording;

import io.tendon.bus.catalog.RecordingRank;

/**
 * At how much free room on the disk each rank of streams stops being recorded, and from how much on it is recorded again.
 * Immutable; any thread.
 *
 * @param totalBytes of the disk.
 */
record DiskStages(long totalBytes) {
    private static final long MIB = 1L << 20;

    /** Recording begins again at one and a half times the room at which it stopped, or it would stop at once. */
    private static final double HYSTERESIS = 1.5;

    /**
     * With less room a rank stops being recorded.
     *
     * @param rank of streams.
     * @return bytes; of a small disk a share of it.
     */
    long stopBelowBytes(final RecordingRank rank) {
        return switch (rank) {
            case BULK -> Math.min(1024 * MIB, totalBytes / 4);
            case DERIVED -> Math.min(512 * MIB, totalBytes / 8);
            case ESSENTIAL -> Math.min(128 * MIB, totalBytes / 16);
        };
    }

    /**
     * From this room on a rank is recorded again.
     *
     * @param rank of streams.
     * @return bytes.
     */
    long resumeFromBytes(final RecordingRank rank) {
        return (long) (HYSTERESIS * stopBelowBytes(rank));
    }
}
