package io.tendon.bus.cycle;

import io.tendon.bus.RealTime;
import io.tendon.bus.config.CommandFailure;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Notes each tick of a loop for whoever compares loops afterwards ({@link TickLogView} reads it, {@link
 * TickLogDescriptor} is the layout). For measurements: a robot at work keeps none. The file is to be in memory, never on a
 * disk; all of its pages are touched when it is opened, so that a note is a store and no page fault.
 *
 * <p>A loop that begins anew, in another process too, goes on in the same file. Ticks behind its end are not noted. Made
 * anywhere; then the loop's thread owns it.
 */
public final class TickLog implements AutoCloseable {
    private static final int PAGE_LENGTH = 4096;

    private final MappedByteBuffer mapped;
    private final UnsafeBuffer buffer;
    private final long periodNs;
    private final long firstDueNs;
    private final int ticks;

    private TickLog(final MappedByteBuffer mapped) {
        this.mapped = mapped;
        this.buffer = new UnsafeBuffer(mapped);
        this.periodNs = buffer.getLong(TickLogDescriptor.PERIOD_OFFSET, ByteOrder.LITTLE_ENDIAN);
        this.firstDueNs = buffer.getLong(TickLogDescriptor.FIRST_DUE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        this.ticks = (int) buffer.getLong(TickLogDescriptor.TICKS_OFFSET, ByteOrder.LITTLE_ENDIAN);
        touch();
    }

    /**
     * Opens the file, or makes it.
     *
     * @param file in memory.
     * @param periodNs of the loop, above 0.
     * @param nowNs ns since the epoch; tick 0 of a new file is the whole period before.
     * @param ticks that a new file has room for, above 0.
     * @return the log.
     * @throws CommandFailure when it cannot be made, or is there with another period.
     */
    public static TickLog open(final Path file, final long periodNs, final long nowNs, final int ticks) {
        if (!Files.exists(file)) {
            create(file, periodNs, nowNs / periodNs * periodNs, ticks);
        }
        final TickLog log = new TickLog(TickLogDescriptor.map(file, FileChannel.MapMode.READ_WRITE));
        if (log.periodNs != periodNs) {
            final long found = log.periodNs;
            log.close();
            throw new CommandFailure(
                    file + ": ticks there are " + found + " ns apart, must be " + periodNs + "; name another file");
        }
        if (log.tick(nowNs) < 0) {
            log.close();
            throw new CommandFailure(file + ": has no room for ticks of this moment; remove it, or name another file");
        }
        return log;
    }

    /**
     * Notes that a tick is about to be executed, and those missed before it.
     *
     * @param deadlineNs when it was due.
     * @param latenessNs from then to now.
     * @param missed ticks right before it that passed.
     */
    @RealTime
    public void executed(final long deadlineNs, final long latenessNs, final int missed) {
        final long tick = (deadlineNs - firstDueNs) / periodNs;
        if (deadlineNs < firstDueNs) {
            return;
        }
        final long firstMissed = Math.max(0, tick - missed);
        for (long i = firstMissed; i < Math.min(tick, ticks); i++) {
            buffer.putLong(
                    TickLogDescriptor.slotOffset((int) i),
                    -(latenessNs + (tick - i) * periodNs + 1),
                    ByteOrder.LITTLE_ENDIAN);
        }
        if (tick < ticks) {
            buffer.putLong(TickLogDescriptor.slotOffset((int) tick), latenessNs + 1, ByteOrder.LITTLE_ENDIAN);
        }
    }

    /**
     * Notes how long the cycle of a tick took.
     *
     * @param deadlineNs when the tick was due.
     * @param durationNs from the cycle's beginning to its end.
     */
    @RealTime
    public void finished(final long deadlineNs, final long durationNs) {
        final int tick = tick(deadlineNs);
        if (tick >= 0) {
            buffer.putInt(
                    TickLogDescriptor.slotOffset(tick) + TickLogDescriptor.DURATION_OFFSET,
                    (int) Math.min(durationNs, Integer.MAX_VALUE),
                    ByteOrder.LITTLE_ENDIAN);
        }
    }

    @Override
    public void close() {
        IoUtil.unmap(mapped);
    }

    @RealTime
    private int tick(final long deadlineNs) {
        final long tick = (deadlineNs - firstDueNs) / periodNs;
        return tick >= 0 && tick < ticks ? (int) tick : -1;
    }

    /** Through this mapping, which is the one that the loop writes to. */
    private void touch() {
        for (int offset = 0; offset < buffer.capacity(); offset += PAGE_LENGTH) {
            buffer.putByte(offset, buffer.getByte(offset));
        }
    }

    private static void create(final Path file, final long periodNs, final long firstDueNs, final int ticks) {
        final Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(temporary);
            final MappedByteBuffer mapped =
                    IoUtil.mapNewFile(temporary.toFile(), TickLogDescriptor.slotOffset(ticks), false);
            final UnsafeBuffer header = new UnsafeBuffer(mapped);
            header.putLong(TickLogDescriptor.PERIOD_OFFSET, periodNs, ByteOrder.LITTLE_ENDIAN);
            header.putLong(TickLogDescriptor.FIRST_DUE_OFFSET, firstDueNs, ByteOrder.LITTLE_ENDIAN);
            header.putLong(TickLogDescriptor.TICKS_OFFSET, ticks, ByteOrder.LITTLE_ENDIAN);
            header.putLong(TickLogDescriptor.MAGIC_OFFSET, TickLogDescriptor.MAGIC, ByteOrder.LITTLE_ENDIAN);
            IoUtil.unmap(mapped);
            Files.move(temporary, file);
        } catch (final IOException | IllegalArgumentException e) {
            throw new CommandFailure(file + ": tick log cannot be made (" + e + "); name a file in /dev/shm");
        }
    }
}
