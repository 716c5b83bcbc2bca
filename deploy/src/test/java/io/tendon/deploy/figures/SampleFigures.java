package io.tendon.deploy.figures;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.StreamLedger;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import io.tendon.schemas.Severity;
import io.tendon.schemas.TaskStep;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A robot that has run for so many seconds, as its counters would show it. */
public record SampleFigures(
        long ranS,
        SafetyState state,
        boolean isLive,
        long driverPid,
        NodeState fusion,
        long refused,
        AnomalyFigures anomalies) {

    private static final long NS_PER_S = 1_000_000_000L;
    private static final AnomalyFigures WELL = new AnomalyFigures(0.31, 0, Optional.empty(), 0, 0);

    /** One that does well. */
    public static SampleFigures healthy(final long ranS) {
        return new SampleFigures(ranS, SafetyState.RUNNING, true, 100, NodeState.UP, 0, WELL);
    }

    /** The same in another state. */
    public SampleFigures in(final SafetyState other) {
        return new SampleFigures(ranS, other, isLive, driverPid, fusion, refused, anomalies);
    }

    /** The same with a driver that is dead. */
    public SampleFigures withoutDriver() {
        return new SampleFigures(ranS, state, false, driverPid, fusion, refused, anomalies);
    }

    /** The same under another driver. */
    public SampleFigures underDriver(final long pid) {
        return new SampleFigures(ranS, state, isLive, pid, fusion, refused, anomalies);
    }

    /** The same after fusion was killed and control was refused some offers. */
    public SampleFigures hurt() {
        return new SampleFigures(ranS, state, isLive, driverPid, NodeState.DEAD, 7, anomalies);
    }

    /** The same with other anomalies. */
    public SampleFigures with(final AnomalyFigures other) {
        return new SampleFigures(ranS, state, isLive, driverPid, fusion, refused, other);
    }

    /** The figures. */
    public RobotFigures figures() {
        return new RobotFigures(
                "arm1",
                "20260101-120000-1a2b",
                isLive,
                ranS * NS_PER_S,
                ranS * NS_PER_S,
                List.of(
                        node(NodeId.DRIVER, isLive ? NodeState.UP : NodeState.DEAD, driverPid, -1, 0),
                        node(NodeId.PERSISTENCE, NodeState.UP, 101, 0, 0),
                        node(NodeId.FUSION, fusion, 102, 1, 2),
                        node(NodeId.CONTROL, NodeState.UP, 103, 0, 1)),
                List.of(loop(NodeId.CONTROL, 1000), loop(NodeId.FUSION, 100)),
                new ArmFigures(state, 3, 0, anomalies),
                new TaskFigures(TaskStep.LIFT, 4, 0, 2),
                ModelFigures.NONE,
                streams(),
                new DiskFigures(30L << 20, 80L << 30, 12_288, 400),
                new DurabilityFigures("periodic", 55_000_000, 104_000_000, 120_000_000, 150_000_000));
    }

    /** Events as they may have happened. */
    public static List<RecordedEvent> events(final int count) {
        final List<RecordedEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final boolean isStep = i % 2 == 0;
            events.add(new RecordedEvent(
                    i * NS_PER_S,
                    isStep ? NodeId.FUSION : NodeId.CONTROL,
                    isStep ? Severity.INFO : Severity.WARNING,
                    isStep ? "TASK_STEP_CHANGED" : "DEADLINE_MISSED",
                    "number " + i));
        }
        return events;
    }

    private NodeFigures node(
            final NodeId node, final NodeState nodeState, final long pid, final long restarts, final long realTime) {
        final boolean isThere = !nodeState.isFailure();
        return new NodeFigures(
                node,
                nodeState,
                pid,
                isThere ? ranS * 1000 : -1,
                isThere ? 100L << 20 : -1,
                isThere ? ranS * NS_PER_S / 4 : -1,
                restarts,
                node == NodeId.DRIVER ? -1 : 0,
                realTime);
    }

    private LoopFigures loop(final NodeId node, final long hz) {
        return new LoopFigures(
                node,
                ranS * hz,
                ranS * hz - 5,
                5,
                new MissedFigures(3, 2, 0),
                new Lateness(1_000, 20_000, 300_000, 4_000_000),
                0.99);
    }

    private List<StreamFigures> streams() {
        return StreamCatalog.all().stream().map(this::stream).toList();
    }

    private StreamFigures stream(final StreamDescriptor stream) {
        final boolean isState = stream.equals(StreamCatalog.CONTROL_STATE);
        // Nobody says anything on those that only some robots use.
        final boolean isSilent = stream.equals(StreamCatalog.FUSION_EMBEDDING)
                || stream.equals(StreamCatalog.FUSION_INFERENCE)
                || stream.equals(StreamCatalog.STATE_ENTRY);
        final long perS = isSilent ? 0 : isState ? 1000 : 10;
        final long lost = isState ? refused : 0;
        final Map<BusCounter, Long> refusedBy = new EnumMap<>(BusCounter.class);
        StreamLedger.REASONS.forEach(reason -> refusedBy.put(reason, 0L));
        refusedBy.put(BusCounter.REFUSED_BACK_PRESSURED, lost);
        final StreamLedger ledger = new StreamLedger(
                stream,
                List.of(new StreamLedger.Writer(NodeId.CONTROL, 1, ranS * perS, lost, refusedBy)),
                List.of(new StreamLedger.Reader(NodeId.FUSION, 1, 0, 0, lost, 0, 0)));
        return new StreamFigures(
                stream,
                ranS * perS,
                isState ? refused : 0,
                ranS * perS,
                ranS * perS * 500,
                isState ? 250_000 : 0,
                0,
                false,
                isState
                        ? List.of(new ReaderFigures("fusion", 0, refused), new ReaderFigures("recorder", 0, refused))
                        : List.of(new ReaderFigures("recorder", 0, 0)),
                ledger);
    }
}
