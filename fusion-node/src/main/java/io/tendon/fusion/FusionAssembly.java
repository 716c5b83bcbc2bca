package io.tendon.fusion;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.ModelState;
import io.tendon.bus.cycle.CyclePacer;
import io.tendon.bus.cycle.CycleStatistics;
import io.tendon.bus.event.EventPublisher;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.subscribe.MessageSubscriber;
import io.tendon.fusion.align.WindowAligner;
import io.tendon.fusion.estimator.EstimatorNoise;
import io.tendon.fusion.estimator.JointEstimator;
import io.tendon.fusion.inference.WindowListener;
import io.tendon.fusion.link.ForeignArmEvent;
import io.tendon.fusion.link.FusedStatePublisher;
import io.tendon.fusion.link.JointStateAdapter;
import io.tendon.fusion.link.SetpointPublisher;
import io.tendon.fusion.link.TaskReporter;
import io.tendon.fusion.loop.FusionLoop;
import io.tendon.fusion.task.CellPlan;
import io.tendon.fusion.task.MotionLimits;
import io.tendon.fusion.task.PickAndPlace;
import io.tendon.robot.ForwardKinematics;
import io.tendon.robot.RobotModel;
import io.tendon.schemas.NodeId;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * A fusion node put together: the wiring diagram.
 *
 * <pre>
 * control.state -> JointStateAdapter -> WindowAligner -> JointEstimator -> PickAndPlace -> fusion.setpoint
 *                                            |                |                |
 *                                            +----------------+----------------+-------> fusion.state, fusion.event
 *                                            |                |
 *                                            +----------------+--> ModelAssembly ------> fusion.inference
 * </pre>
 *
 * <p>Made on the main thread, run on the loop's, closed on the main thread after the loop has ended.
 */
public final class FusionAssembly implements AutoCloseable {
    private static final long SPIN_NS = 50_000L;

    private final MessagePublisher setpointWriter;
    private final MessagePublisher stateWriter;
    private final MessagePublisher eventWriter;
    private final MessageSubscriber samples;
    private final WindowAligner aligner;
    private final JointStateAdapter adapter;
    private final EventPublisher events;
    private final CycleStatistics statistics;
    private final PickAndPlace task;
    private final @Nullable ModelAssembly model;
    private final FusionLoop loop;

    /**
     * Puts a node together; asks the driver, so it may wait.
     *
     * @param bus of the session.
     * @param config of the node.
     * @param robot to move.
     * @param plan of the cell for that robot.
     * @param chosen model that judges windows, null for none; closed with this.
     * @param errors of the node.
     */
    FusionAssembly(
            final BusConnection bus,
            final FusionConfig config,
            final RobotModel robot,
            final CellPlan plan,
            final ModelAssembly.@Nullable ChosenModel chosen,
            final ErrorHandler errors) {
        final int joints = robot.jointCount();
        setpointWriter = bus.addPublisher(StreamCatalog.FUSION_SETPOINT);
        stateWriter = bus.addPublisher(StreamCatalog.FUSION_STATE);
        eventWriter = bus.addPublisher(StreamCatalog.FUSION_EVENT);
        events = new EventPublisher(eventWriter, bus.clock(), NodeId.FUSION);
        task = new PickAndPlace(
                plan,
                MotionLimits.of(robot, config.speedFraction()),
                config.taskSettings(),
                new TaskReporter(events, bus.counters()));
        statistics = new CycleStatistics(bus.counters(), config.windowNs());
        aligner = new WindowAligner(config.windowTiming(), joints, bus.clock().nanoTime());
        adapter = new JointStateAdapter(aligner::admit, joints, new ForeignArmEvent(events));
        samples = bus.addSubscriber(StreamCatalog.CONTROL_STATE, adapter, events);
        model = chosen == null ? null : new ModelAssembly(bus, config, joints, chosen, events, errors);
        if (model == null) {
            bus.counters().node(BusCounter.INFERENCE_STATE).setRelease(ModelState.NONE.code());
        }
        loop = new FusionLoop(
                new CyclePacer(bus.clock(), config.windowNs(), Math.min(SPIN_NS, config.windowNs() / 2)),
                statistics,
                bus.clock(),
                samples::poll,
                aligner,
                new JointEstimator(joints, EstimatorNoise.DEFAULT),
                new ForwardKinematics(robot.chain()),
                task,
                new FusionLoop.Outputs(
                        new SetpointPublisher(setpointWriter),
                        setpointWriter,
                        new FusedStatePublisher(stateWriter),
                        stateWriter,
                        events,
                        bus.counters().node(BusCounter.WINDOWS_INCOMPLETE),
                        model == null ? WindowListener.NONE : model.feed(),
                        model == null ? null : model.writer()));
    }

    /** Lets the model begin, when there is one. */
    void startModel() {
        if (model != null) {
            model.start();
        }
    }

    /** The loop, for its one thread. */
    public FusionLoop loop() {
        return loop;
    }

    /** Reader of control.state, for the loop's thread and for its counts. */
    public MessageSubscriber samples() {
        return samples;
    }

    /** Statistics of the loop, for the heartbeat. */
    public CycleStatistics statistics() {
        return statistics;
    }

    /** Publisher of fusion.event, for the loop's thread. */
    public EventPublisher events() {
        return events;
    }

    /** The aligner, for its counts. */
    public WindowAligner aligner() {
        return aligner;
    }

    /** The adapter, for its counts. */
    public JointStateAdapter adapter() {
        return adapter;
    }

    /** The task, for its counts. */
    public PickAndPlace task() {
        return task;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(model, samples, setpointWriter, stateWriter, eventWriter);
    }
}
