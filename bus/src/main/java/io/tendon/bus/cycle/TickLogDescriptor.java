package io.tendon.bus.cycle;

import io.tendon.bus.config.CommandFailure;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a loop did at each of its ticks, in a file in memory:
 *
 * <pre>
 *   0           8            16              24          32                64
 *  +-----------+------------+---------------+-----------+-----------------+
 *  | magic     | period, ns | due time of   | number of |                 |  header
 *  | + version |            | tick 0, ns    | ticks     |                 |
 *  +-----------+------------+---------------+-----------+-----------------+
 *  | lateness, ns (int64)   | duration of the cycle, ns (int32) | 0 (int32) |  one slot a tick
 *  +------------------------+-------------------------------------------+
 *  |                                 ...                                  |
 * </pre>
 *
 * <p>Lateness is from the tick's deadline to the moment at which the loop could run. Above 0: lateness + 1 of a tick that
 * was executed. Below 0: -(lateness + 1) of one that passed before its cycle could begin. 0: nobody ran. Due times are ns
 * since the epoch by the session's clock; two loops of one period and one clock can be compared tick by tick.
 * Little-endian.
 */
final class TickLogDescriptor {
    static final long MAGIC = 0x544E_444B_0000_0001L;
    static final int MAGIC_OFFSET = 0;
    static final int PERIOD_OFFSET = 8;
    static final int FIRST_DUE_OFFSET = 16;
    static final int TICKS_OFFSET = 24;
    static final int HEADER_LENGTH = 64;
    static final int SLOT_LENGTH = 16;
    static final int DURATION_OFFSET = 8;

    private TickLogDescriptor() {}

    static int slotOffset(final int tick) {
        return HEADER_LENGTH + tick * SLOT_LENGTH;
    }

    static MappedByteBuffer map(final Path file, final FileChannel.MapMode mode) {
        final StandardOpenOption[] options = mode == FileChannel.MapMode.READ_ONLY
                ? new StandardOpenOption[] {StandardOpenOption.READ}
                : new StandardOpenOption[] {StandardOpenOption.READ, StandardOpenOption.WRITE};
        try (FileChannel channel = FileChannel.open(file, options)) {
            final MappedByteBuffer mapped = channel.map(mode, 0, channel.size());
            final UnsafeBuffer header = new UnsafeBuffer(mapped);
            if (mapped.capacity() < HEADER_LENGTH || header.getLong(MAGIC_OFFSET, ByteOrder.LITTLE_ENDIAN) != MAGIC) {
                IoUtil.unmap(mapped);
                throw new CommandFailure(file + ": is no tick log of this release; name another file");
            }
            return mapped;
        } catch (final IOException e) {
            throw new CommandFailure(file + ": tick log cannot be opened (" + e + "); name a file in memory");
        }
    }
}
