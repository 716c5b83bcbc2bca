package io.tendon.bus.counter;

import io.aeron.CncFileDescriptor;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.schemas.NodeId;
import java.io.File;
import java.nio.MappedByteBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.status.CountersReader;

/**
 * Reads the counters of a running session straight from shared memory, read-only: no client, no driver call, nothing
 * that a node could notice. One owner thread.
 */
public final class CounterView implements AutoCloseable {
    private final MappedByteBuffer cncFile;
    private final CountersReader counters;

    private CounterView(final MappedByteBuffer cncFile, final CountersReader counters) {
        this.cncFile = cncFile;
        this.counters = counters;
    }

    /**
     * Opens the counters of a session.
     *
     * @param directory of the robot.
     * @return the view.
     * @throws CommandFailure when no driver has been started there.
     */
    public static CounterView open(final RuntimeDirectory directory) {
        final File file = new File(directory.aeronDirectory().toFile(), CncFileDescriptor.CNC_FILE);
        if (!file.exists()) {
            throw new CommandFailure(directory.notRunningMessage());
        }
        final MappedByteBuffer mapped = IoUtil.mapExistingFile(
                file, java.nio.channels.FileChannel.MapMode.READ_ONLY, CncFileDescriptor.CNC_FILE);
        final org.agrona.DirectBuffer metaData = CncFileDescriptor.createMetaDataBuffer(mapped);
        final int version = metaData.getInt(CncFileDescriptor.cncVersionOffset(0));
        if (version != CncFileDescriptor.CNC_VERSION) {
            IoUtil.unmap(mapped);
            throw new CommandFailure(file + ": counters are of version " + version + ", must be "
                    + CncFileDescriptor.CNC_VERSION + "; run the same release of Tendon as the driver");
        }
        return new CounterView(
                mapped,
                new CountersReader(
                        CncFileDescriptor.createCountersMetaDataBuffer(mapped, metaData),
                        CncFileDescriptor.createCountersValuesBuffer(mapped, metaData)));
    }

    /**
     * A counter of a node as a whole.
     *
     * @param counter what.
     * @param node whose.
     * @param absent returned when the node has not made it.
     * @return its value.
     */
    public long node(final BusCounter counter, final NodeId node, final long absent) {
        return value(counter, BusCounters.key(node, 0), absent);
    }

    /**
     * A counter of a node for one stream.
     *
     * @param counter what.
     * @param node whose.
     * @param stream for which.
     * @param absent returned when the node has not made it.
     * @return its value.
     */
    public long stream(final BusCounter counter, final NodeId node, final StreamDescriptor stream, final long absent) {
        return value(counter, BusCounters.key(node, stream.streamId()), absent);
    }

    /** The counters as Aeron sees them, for those that are Aeron's own. */
    public CountersReader aeronCounters() {
        return counters;
    }

    @Override
    public void close() {
        IoUtil.unmap(cncFile);
    }

    private long value(final BusCounter counter, final long key, final long absent) {
        final int counterId = counters.findByTypeIdAndRegistrationId(counter.typeId(), key);
        return counterId == CountersReader.NULL_COUNTER_ID ? absent : counters.getCounterValue(counterId);
    }
}
