package io.tendon.bus.counter;

import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.schemas.NodeId;
import java.nio.channels.FileChannel;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * The counters of one node. They outlive the process that counts, and a restarted node goes on with them. Counting is a
 * store to shared memory; each counter has one writing thread.
 *
 * <p>The memory stays mapped while the process lives, whatever becomes of the media driver.
 */
public final class BusCounters {
    private final NodeId node;
    private final UnsafeBuffer slots;

    /**
     * Counters of a node.
     *
     * @param directory of the robot, whose session has begun.
     * @param node whose counters they are.
     */
    public BusCounters(final RuntimeDirectory directory, final NodeId node) {
        this.node = node;
        this.slots = CounterFile.slots(CounterFile.map(directory.countersFile(), FileChannel.MapMode.READ_WRITE));
    }

    /**
     * Begins the counters of a new session, all at 0. Called by the media driver before anybody can connect.
     *
     * @param directory of the robot.
     */
    public static void create(final RuntimeDirectory directory) {
        CounterFile.create(directory.countersFile());
    }

    /** A counter of this node as a whole; it keeps its value when an earlier life has counted. */
    public AtomicCounter node(final BusCounter counter) {
        return counter(CounterFile.slot(counter, node));
    }

    /** A counter of this node for one stream; it keeps its value when an earlier life has counted. */
    public AtomicCounter stream(final BusCounter counter, final StreamDescriptor stream) {
        return counter(CounterFile.slot(counter, node, stream));
    }

    private AtomicCounter counter(final int slot) {
        CounterFile.make(slots, slot);
        return new AtomicCounter(slots, slot);
    }
}
