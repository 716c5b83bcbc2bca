package io.tendon.deploy.figures;

import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.counter.SessionCounters;
import io.tendon.schemas.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads how a robot does, again and again: numbers from its counters in shared memory, events and the recording's size
 * from the files that the recorder has written. Nothing is subscribed to and nothing is written, so no node notices. It
 * goes on through the death of any node and of the driver. One owner thread.
 */
public final class RobotReader implements AutoCloseable {
    private static final List<NodeId> NODES = List.of(NodeId.PERSISTENCE, NodeId.FUSION, NodeId.CONTROL);
    private static final List<NodeId> LOOPS = List.of(NodeId.CONTROL, NodeId.FUSION);

    private final RuntimeDirectory directory;
    private final SessionCounters counters;
    private final RecordedSession recorded;
    private final EventTail events = new EventTail();
    private long elapsedNs;

    /**
     * Opens nothing before the first {@link #read}.
     *
     * @param directory of the robot, which need not run.
     */
    public RobotReader(final RuntimeDirectory directory) {
        this.directory = directory;
        this.counters = new SessionCounters(directory);
        this.recorded = new RecordedSession(directory.recordingFile());
    }

    /** Reads how it does now; empty when no session runs and none has been seen. */
    public Optional<RobotFigures> read() {
        counters.refresh();
        final Optional<CounterView> view = counters.view();
        final Optional<SessionAnchor> session = counters.session();
        return view.isEmpty() || session.isEmpty() ? Optional.empty() : Optional.of(read(view.get(), session.get()));
    }

    /** The latest events of the session, oldest first; as of the last {@link #read}. */
    public List<RecordedEvent> events() {
        return events.events();
    }

    @Override
    public void close() {
        events.close();
        counters.close();
    }

    private RobotFigures read(final CounterView view, final SessionAnchor session) {
        if (recorded.refresh(session.sessionName(), System.nanoTime())) {
            recorded.directory()
                    .ifPresent(place -> recorded.manifest().ifPresent(manifest -> events.update(place, manifest)));
        }
        if (counters.isDriverAlive()) {
            elapsedNs = Math.max(0, session.clock().nanoTime() - session.anchorEpochNs());
        }
        // After the files, which may take their time, so that rates are of the counters' own moment.
        final long nowNs = System.nanoTime();
        final List<StreamFigures> streams = StreamFigures.readAll(view);
        final List<LoopFigures> loops =
                LOOPS.stream().map(node -> LoopFigures.read(view, node)).toList();
        return new RobotFigures(
                directory.name(),
                session.sessionName(),
                counters.isDriverAlive(),
                nowNs,
                elapsedNs,
                Stream.concat(
                                Stream.of(NodeFigures.driver(
                                        view, session, counters.isDriverAlive(), counters.isSessionOver())),
                                NODES.stream().map(node -> NodeFigures.read(view, session, node)))
                        .toList(),
                loops,
                ArmFigures.read(view),
                TaskFigures.read(view),
                ModelFigures.read(view),
                streams,
                new DiskFigures(
                        recorded.usedBytes(),
                        view.node(BusCounter.DISK_FREE_BYTES, NodeId.PERSISTENCE, -1),
                        view.node(BusCounter.INDEX_LAG_BYTES, NodeId.PERSISTENCE, -1),
                        view.node(BusCounter.INDEX_LAG_MS, NodeId.PERSISTENCE, -1)),
                DurabilityFigures.read(view));
    }
}
