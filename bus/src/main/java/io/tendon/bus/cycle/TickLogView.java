package io.tendon.bus.cycle;

import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads a {@link TickLog}, while it is written too: what a loop has not noted yet reads as if nobody had run. One thread. */
public final class TickLogView implements AutoCloseable {
    private final MappedByteBuffer mapped;
    private final UnsafeBuffer buffer;
    private final long periodNs;
    private final long firstDueNs;
    private final int ticks;

    /**
     * Opens a log.
     *
     * @param file that is there.
     * @throws io.tendon.bus.config.CommandFailure when it is none.
     */
    public TickLogView(final Path file) {
        mapped = TickLogDescriptor.map(file, FileChannel.MapMode.READ_ONLY);
        buffer = new UnsafeBuffer(mapped);
        periodNs = buffer.getLong(TickLogDescriptor.PERIOD_OFFSET, ByteOrder.LITTLE_ENDIAN);
        firstDueNs = buffer.getLong(TickLogDescriptor.FIRST_DUE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        ticks = (int) buffer.getLong(TickLogDescriptor.TICKS_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** Period of the ticks, ns. */
    public long periodNs() {
        return periodNs;
    }

    /** When tick 0 is due, ns since the epoch. */
    public long firstDueNs() {
        return firstDueNs;
    }

    /** Ticks that there is room for. */
    public int ticks() {
        return ticks;
    }

    /** Number of the first tick that is due at that time or later; may be below 0 or beyond the end. */
    public long tickAt(final long timeNs) {
        return Math.floorDiv(timeNs - firstDueNs + periodNs - 1, periodNs);
    }

    /** Whether anything is known of a tick; of one beyond the ends nothing is. */
    public boolean isKnown(final long tick) {
        return slot(tick) != 0;
    }

    /** Whether a tick passed before its cycle could begin. */
    public boolean isMissed(final long tick) {
        return slot(tick) < 0;
    }

    /** ns from a known tick's deadline to the moment at which the loop could run, 0 or more. */
    public long latenessNs(final long tick) {
        return Math.abs(slot(tick)) - 1;
    }

    /** ns that the cycle of an executed tick took; 0 where it is not known. */
    public long durationNs(final long tick) {
        return tick < 0 || tick >= ticks
                ? 0
                : buffer.getInt(
                        TickLogDescriptor.slotOffset((int) tick) + TickLogDescriptor.DURATION_OFFSET,
                        ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        IoUtil.unmap(mapped);
    }

    private long slot(final long tick) {
        return tick < 0 || tick >= ticks
                ? 0
                : buffer.getLong(TickLogDescriptor.slotOffset((int) tick), ByteOrder.LITTLE_ENDIAN);
    }
}
