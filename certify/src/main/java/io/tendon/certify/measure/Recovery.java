package io.tendon.certify.measure;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.counter.LiveNode;
import io.tendon.bus.counter.NodeNames;
import io.tendon.bus.counter.RecorderLag;
import io.tendon.bus.counter.StreamReaders;
import io.tendon.certify.fault.FaultTarget;
import io.tendon.schemas.NodeId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches a robot on its way back to work: every node's process lives, is ready and beats, the one that was killed with
 * another process, and then control executes, fusion receives and the recorder records one message more at least. One owner
 * thread, which looks again and again.
 */
public final class Recovery {
    private static final List<NodeId> NODES = List.of(NodeId.DRIVER, NodeId.PERSISTENCE, NodeId.FUSION, NodeId.CONTROL);
    private static final long NOT_YET = -1;

    private final FaultTarget robot;
    private final Optional<NodeId> victim;
    private final Map<NodeId, Long> pidsBefore = new EnumMap<>(NodeId.class);
    private long startNs;
    private boolean isStarted;
    private @Nullable Flow flowWhenReady;
    private long recoveryNs = NOT_YET;

    private record Flow(long executed, long received, long recorded) {
        static Flow read(final CounterView view) {
            return new Flow(
                    view.node(BusCounter.CYCLES_EXECUTED, NodeId.CONTROL, 0),
                    view.stream(BusCounter.RECEIVED, NodeId.FUSION, StreamCatalog.CONTROL_STATE, 0),
                    view.stream(BusCounter.RECORDED, NodeId.PERSISTENCE, StreamCatalog.CONTROL_STATE, 0));
        }

        boolean isBehind(final Flow later) {
            return executed < later.executed && received < later.received && recorded < later.recorded;
        }
    }

    /**
     * Takes note of the processes that there are before the fault.
     *
     * @param robot that is watched.
     * @param victim whose process will be killed; empty for none.
     */
    public Recovery(final FaultTarget robot, final Optional<NodeId> victim) {
        this.robot = robot;
        this.victim = victim;
        NODES.forEach(node -> pidsBefore.put(node, robot.latestPid(node)));
    }

    /** Counts from now: what was killed is dead, or the fault has ended. */
    public void start() {
        startNs = System.nanoTime();
        isStarted = true;
    }

    /** Looks once. */
    public void look() {
        if (!isStarted || recoveryNs >= 0) {
            return;
        }
        if (!NODES.stream().allMatch(this::isWorking)) {
            flowWhenReady = null;
            return;
        }
        final Flow flow = Flow.read(robot.counters());
        if (flowWhenReady == null) {
            flowWhenReady = flow;
        } else if (flowWhenReady.isBehind(flow)) {
            recoveryNs = System.nanoTime() - startNs;
        }
    }

    /** Whether it works again. */
    public boolean isRecovered() {
        return recoveryNs >= 0;
    }

    /** From {@link #start} until it was seen at work; negative when it was not yet. */
    public long recoveryNs() {
        return recoveryNs;
    }

    /** Processes that were there before and are not any more, without the one that was killed; names. */
    public List<String> deaths() {
        final List<String> deaths = new ArrayList<>();
        for (final NodeId node : NODES) {
            final boolean isSame = robot.latestPid(node) == pidsBefore.getOrDefault(node, NOT_YET);
            if (!victim.equals(Optional.of(node)) && !(isSame && robot.isAlive(node))) {
                deaths.add(NodeNames.of(node));
            }
        }
        return deaths;
    }

    private boolean isWorking(final NodeId node) {
        final boolean isSame = robot.latestPid(node) == pidsBefore.getOrDefault(node, NOT_YET);
        if ((victim.equals(Optional.of(node)) && isSame) || !robot.isAlive(node)) {
            return false;
        }
        if (node == NodeId.DRIVER) {
            return victim.isEmpty() || victim.get() != node || hasMoved();
        }
        final long heartbeatAgeMs =
                robot.session().clock().time() - robot.counters().node(BusCounter.HEARTBEAT_MS, node, 0);
        return robot.counters().node(BusCounter.READY, node, 0) == LiveNode.READY
                && heartbeatAgeMs <= LiveNode.HEARTBEAT_TIMEOUT_MS;
    }

    /** Whether control, fusion and the recorder are in the logs of the driver that runs now: the old ones last a while. */
    private boolean hasMoved() {
        final List<StreamReaders.Reader> readers = StreamReaders.of(
                        robot.counters().aeronCounters(), StreamCatalog.CONTROL_STATE.streamId())
                .readers();
        return readers.stream().anyMatch(reader -> reader.name().startsWith(RecorderLag.RECORDER_ALIAS))
                && readers.stream().anyMatch(reader -> reader.name().startsWith("fusion."));
    }
}
