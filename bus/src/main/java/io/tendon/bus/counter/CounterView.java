package io.tendon.bus.counter;

import io.aeron.CncFileDescriptor;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.schemas.NodeId;
import java.io.File;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the counters of a running session straight from shared memory, read-only: no client, no driver call, nothing
 * that a node could notice. Ours go on when the driver dies; Aeron's own begin anew with the driver that follows, which
 * the view notices. One owner thread.
 */
public final class CounterView implements AutoCloseable {
    private static final CountersReader NO_COUNTERS =
            new CountersReader(new UnsafeBuffer(new byte[0]), new UnsafeBuffer(new byte[0]));

    private final MappedByteBuffer countersFile;
    private final UnsafeBuffer slots;
    private final Path cncFile;
    // A reader that was handed out may be in use until the view is closed, so no mapping goes before.
    private final List<MappedByteBuffer> cncMappings = new ArrayList<>();
    private CountersReader aeronCounters = NO_COUNTERS;
    private @Nullable Object cncKey;

    private CounterView(final MappedByteBuffer countersFile, final Path cncFile) {
        this.countersFile = countersFile;
        this.slots = CounterFile.slots(countersFile);
        this.cncFile = cncFile;
    }

    /**
     * Opens the counters of a session.
     *
     * @param directory of the robot.
     * @return the view.
     * @throws CommandFailure when no driver has been started there, or one of another release.
     */
    public static CounterView open(final RuntimeDirectory directory) {
        if (!Files.exists(directory.countersFile())) {
            throw new CommandFailure(directory.notRunningMessage());
        }
        return new CounterView(
                CounterFile.map(directory.countersFile(), FileChannel.MapMode.READ_ONLY),
                directory.aeronDirectory().resolve(CncFileDescriptor.CNC_FILE));
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
        return value(CounterFile.slot(counter, node), absent);
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
        return value(CounterFile.slot(counter, node, stream), absent);
    }

    /**
     * Aeron's own counters of the driver that runs now; of the last one while none does; none before the first.
     *
     * @return valid until the view is closed.
     * @throws CommandFailure when the driver is of another release.
     */
    public CountersReader aeronCounters() {
        final Object key = fileKey(cncFile);
        if (key != null && !key.equals(cncKey)) {
            mapCnc(key);
        }
        return aeronCounters;
    }

    @Override
    public void close() {
        IoUtil.unmap(countersFile);
        cncMappings.forEach(IoUtil::unmap);
        cncMappings.clear();
    }

    private void mapCnc(final Object key) {
        final File file = cncFile.toFile();
        if (file.length() < CncFileDescriptor.META_DATA_LENGTH) {
            return;
        }
        final MappedByteBuffer mapped =
                IoUtil.mapExistingFile(file, FileChannel.MapMode.READ_ONLY, CncFileDescriptor.CNC_FILE);
        cncMappings.add(mapped);
        final DirectBuffer metaData = CncFileDescriptor.createMetaDataBuffer(mapped);
        final int version = metaData.getInt(CncFileDescriptor.cncVersionOffset(0));
        if (version == 0) {
            // The driver is just making it.
            return;
        }
        if (version != CncFileDescriptor.CNC_VERSION) {
            throw new CommandFailure(file + ": counters are of version " + version + ", must be "
                    + CncFileDescriptor.CNC_VERSION + "; run the same release of Tendon as the driver");
        }
        aeronCounters = new CountersReader(
                CncFileDescriptor.createCountersMetaDataBuffer(mapped, metaData),
                CncFileDescriptor.createCountersValuesBuffer(mapped, metaData));
        cncKey = key;
    }

    /** What tells a file from a later one of the same name; null when there is none. */
    private static @Nullable Object fileKey(final Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (final IOException e) {
            return null;
        }
    }

    private long value(final int slot, final long absent) {
        return CounterFile.isMade(slots, slot) ? CounterFile.value(slots, slot) : absent;
    }
}
