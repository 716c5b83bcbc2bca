package io.tendon.bus.counter;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.CommandFailure;
import io.tendon.schemas.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * The counters of one session, in a file in memory that every process maps. It belongs to the session and not to the
 * media driver, so that neither a node's death nor the driver's ends a count.
 *
 * <pre>
 *   0       4         8                                                   128
 *  +-------+---------+---------------------------------------------------+
 *  | magic | layout  |                                                   |  header
 *  +-------+---------+---------------+--------+--------------------------+
 *  |         value (int64)           | made   |                          |  one slot for each counter, node and
 *  +---------------------------------+--------+--------------------------+  stream, whether it is used or not
 *  |                                ...                                  |
 * </pre>
 *
 * <p>A slot has two cache lines to itself, as in Agrona, so that two nodes never write to the same one. Its place follows
 * from what it counts: nobody is asked for one. "Layout" is a checksum of the names in their order: a reader of another
 * release sees that it cannot read. A page that nobody writes to takes no memory. Little-endian.
 */
final class CounterFile {
    private static final int MAGIC = 0x544E4443;
    private static final int MAGIC_OFFSET = 0;
    private static final int LAYOUT_OFFSET = Integer.BYTES;
    private static final int HEADER_LENGTH = CountersReader.COUNTER_LENGTH;
    private static final int MADE_OFFSET = Long.BYTES;
    private static final int NODES = 8;
    /** 0 is the node as a whole, then come the catalog's streams; the last is for all that are not in the catalog. */
    private static final int STREAMS = 32;

    private CounterFile() {}

    /**
     * Makes the counters of a new session, all at 0, in place of those of the session before.
     *
     * @param file in memory.
     */
    static void create(final Path file) {
        final Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(temporary);
            final MappedByteBuffer mapped = IoUtil.mapNewFile(temporary.toFile(), lengthBytes(), false);
            final UnsafeBuffer header = new UnsafeBuffer(mapped);
            header.putInt(LAYOUT_OFFSET, layout(), ByteOrder.LITTLE_ENDIAN);
            header.putInt(MAGIC_OFFSET, MAGIC, ByteOrder.LITTLE_ENDIAN);
            IoUtil.unmap(mapped);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Maps the counters of the session that runs; the mapping is the caller's.
     *
     * @param file in memory.
     * @param mode read-only for who only looks.
     * @return the file.
     * @throws CommandFailure when it is that of another release.
     */
    static MappedByteBuffer map(final Path file, final FileChannel.MapMode mode) {
        final StandardOpenOption[] options = mode == FileChannel.MapMode.READ_ONLY
                ? new StandardOpenOption[] {StandardOpenOption.READ}
                : new StandardOpenOption[] {StandardOpenOption.READ, StandardOpenOption.WRITE};
        final MappedByteBuffer mapped;
        final long length;
        try (FileChannel channel = FileChannel.open(file, options)) {
            length = channel.size();
            mapped = channel.map(mode, 0, Math.min(length, lengthBytes()));
        } catch (final IOException e) {
            throw new CommandFailure(file + ": counters cannot be read (" + e + "); start the robot anew");
        }
        final UnsafeBuffer header = new UnsafeBuffer(mapped);
        if (length != lengthBytes()
                || header.getInt(MAGIC_OFFSET, ByteOrder.LITTLE_ENDIAN) != MAGIC
                || header.getInt(LAYOUT_OFFSET, ByteOrder.LITTLE_ENDIAN) != layout()) {
            IoUtil.unmap(mapped);
            throw new CommandFailure(
                    file + ": counters of another release; run the same release of Tendon as the driver that runs");
        }
        return mapped;
    }

    /** The slots of a mapped file, as {@code AtomicCounter} takes them: slot n at n times 128 bytes. */
    static UnsafeBuffer slots(final MappedByteBuffer mapped) {
        return new UnsafeBuffer(mapped, HEADER_LENGTH, mapped.capacity() - HEADER_LENGTH);
    }

    /** Slot of a counter of a node as a whole. */
    static int slot(final BusCounter counter, final NodeId node) {
        return slot(counter, node, 0);
    }

    /** Slot of a counter of a node for one stream. */
    static int slot(final BusCounter counter, final NodeId node, final StreamDescriptor stream) {
        final int index = StreamCatalog.indexOf(stream);
        return slot(counter, node, index == -1 ? STREAMS - 1 : 1 + index);
    }

    /** Says that somebody counts in a slot; it keeps its value when that was so before. */
    static void make(final UnsafeBuffer slots, final int slot) {
        slots.putIntRelease(slot * CountersReader.COUNTER_LENGTH + MADE_OFFSET, 1);
    }

    static boolean isMade(final UnsafeBuffer slots, final int slot) {
        return slots.getIntVolatile(slot * CountersReader.COUNTER_LENGTH + MADE_OFFSET) != 0;
    }

    static long value(final UnsafeBuffer slots, final int slot) {
        return slots.getLongVolatile(slot * CountersReader.COUNTER_LENGTH);
    }

    // The order of the counters is part of the layout, which every reader checks.
    @SuppressWarnings("EnumOrdinal")
    private static int slot(final BusCounter counter, final NodeId node, final int stream) {
        if (node.value() >= NODES || stream >= STREAMS) {
            throw new IllegalArgumentException(
                    "node " + node + ", stream " + stream + ": must be below " + NODES + " and " + STREAMS);
        }
        return (counter.ordinal() * NODES + node.value()) * STREAMS + stream;
    }

    private static long lengthBytes() {
        return HEADER_LENGTH + (long) BusCounter.values().length * NODES * STREAMS * CountersReader.COUNTER_LENGTH;
    }

    private static int layout() {
        final String counters =
                Arrays.stream(BusCounter.values()).map(BusCounter::name).collect(Collectors.joining(" "));
        final String streams =
                StreamCatalog.all().stream().map(StreamDescriptor::name).collect(Collectors.joining(" "));
        return (counters + '/' + streams).hashCode();
    }
}
