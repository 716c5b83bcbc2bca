package io.tendon.bench.recording;

/**
 * What recording came to in one round. Immutable.
 *
 * @param bytes that were written, frames included.
 * @param messages that were written; 0 for bytes alone.
 * @param recordedNs from the first message until the recorder had written the last.
 * @param durableNs from the first message until all of it was on the device.
 */
public record RecordingFigures(long bytes, long messages, long recordedNs, long durableNs) {
    private static final double NS_PER_S = 1e9;
    private static final double MIB = 1 << 20;

    /** MiB/s into the recorder's files. */
    public double recordedMibPerSecond() {
        return bytes / MIB * NS_PER_S / recordedNs;
    }

    /** MiB/s onto the device. */
    public double durableMibPerSecond() {
        return bytes / MIB * NS_PER_S / durableNs;
    }
}
