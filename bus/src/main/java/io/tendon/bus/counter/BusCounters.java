package io.tendon.bus.counter;

import io.aeron.Aeron;
import io.aeron.CncFileDescriptor;
import io.aeron.Counter;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.schemas.NodeId;
import java.io.File;
import java.nio.MappedByteBuffer;
import java.util.Locale;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Makes the counters of one node. Making one asks the driver and may wait; counting is a store to shared memory. Each
 * counter has one writing thread. Make them before the loop starts.
 *
 * <p>The counters' memory is mapped here once more and stays mapped while the process lives: Aeron unmaps its own when
 * the driver dies, and a loop that still counts would take the JVM down with it.
 */
public final class BusCounters {
    private final Aeron aeron;
    private final NodeId node;
    private final UnsafeBuffer values;

    /**
     * Counters of a node.
     *
     * @param aeron client of the node.
     * @param node whose counters they are.
     */
    public BusCounters(final Aeron aeron, final NodeId node) {
        this.aeron = aeron;
        this.node = node;
        final MappedByteBuffer cnc = IoUtil.mapExistingFile(
                new File(aeron.context().aeronDirectoryName(), CncFileDescriptor.CNC_FILE), CncFileDescriptor.CNC_FILE);
        this.values = CncFileDescriptor.createCountersValuesBuffer(cnc, CncFileDescriptor.createMetaDataBuffer(cnc));
    }

    /** A counter of this node as a whole. */
    public AtomicCounter node(final BusCounter counter) {
        return counter(counter, label(counter, node, ""), key(node, 0));
    }

    /** A counter of this node for one stream. */
    public AtomicCounter stream(final BusCounter counter, final StreamDescriptor stream) {
        return reader(counter, stream, node);
    }

    /** A counter of this node for one stream, kept in another's name (the recorder's, say). */
    public AtomicCounter reader(final BusCounter counter, final StreamDescriptor stream, final NodeId reader) {
        return counter(counter, label(counter, reader, stream.name()), key(reader, stream.streamId()));
    }

    private AtomicCounter counter(final BusCounter counter, final String label, final long key) {
        try (Counter added = aeron.addStaticCounter(counter.typeId(), label, key)) {
            return new AtomicCounter(values, added.id());
        }
    }

    /**
     * Registration id of a counter.
     *
     * @param node whose it is.
     * @param streamId of the stream it counts, 0 for the node as a whole.
     * @return the id.
     */
    public static long key(final NodeId node, final int streamId) {
        return ((long) node.value() << 32) | streamId;
    }

    private static String label(final BusCounter counter, final NodeId node, final String stream) {
        final String name = counter.name().toLowerCase(Locale.ROOT).replace('_', '-');
        final String owner = node.name().toLowerCase(Locale.ROOT);
        return stream.isEmpty() ? "tendon " + owner + ' ' + name : "tendon " + owner + ' ' + name + ' ' + stream;
    }
}
