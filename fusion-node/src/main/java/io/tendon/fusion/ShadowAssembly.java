package io.tendon.fusion;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.cycle.CyclePacer;
import io.tendon.bus.cycle.CycleStatistics;
import io.tendon.bus.event.EventPublisher;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.subscribe.ReplayHandler;
import io.tendon.bus.subscribe.ReplaySubscriber;
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
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.NodeId;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * A fusion node that listens to a replay, put together:
 *
 * <pre>
 * replay.control.state -> ShadowAssembly (time) -> what FusionAssembly draws -> shadow.fusion.setpoint, .state, .event
 * </pre>
 *
 * <p>Its time is the capture time of what it hears: before a sample is taken, every window that is due by then is closed,
 * one after the other, so that it says the same at any speed, paused or stepped. At the beginning of a replay and at each
 * jump it begins anew, so that it says the same of the same recording every time. Made on the main thread, polled by one
 * thread, closed after it.
 */
final class ShadowAssembly implements AutoCloseable, ReplayHandler {
    /** A silence in the recording that is longer is taken for a jump. */
    private static final long MAX_SILENCE_NS = 60_000_000_000L;

    private final FusionConfig config;
    private final RobotModel robot;
    private final CellPlan plan;
    private final MessagePublisher setpointWriter;
    private final MessagePublisher stateWriter;
    private final MessagePublisher eventWriter;
    private final EventPublisher events;
    private final TaskReporter reporter;
    private final CycleStatistics statistics;
    private final FusionLoop.Outputs outputs;
    private final ReplaySubscriber samples;
    private final EpochNanoClock clock = () -> this.nowNs;
    private long nowNs;
    private int passes;
    private @Nullable Pass pass;

    /**
     * From one jump to the next.
     *
     * @param aligner of the samples.
     * @param adapter that feeds it.
     * @param loop that closes windows.
     */
    private record Pass(WindowAligner aligner, JointStateAdapter adapter, FusionLoop loop) {}

    /**
     * Puts it together; asks the driver, so it may wait.
     *
     * @param bus of the session on which the replay is or will be; its node is SHADOW.
     * @param config of the node.
     * @param robot that was recorded.
     * @param plan of the cell for that robot.
     */
    ShadowAssembly(final BusConnection bus, final FusionConfig config, final RobotModel robot, final CellPlan plan) {
        this.config = config;
        this.robot = robot;
        this.plan = plan;
        setpointWriter = bus.addPublisher(StreamCatalog.shadowOf(StreamCatalog.FUSION_SETPOINT));
        stateWriter = bus.addPublisher(StreamCatalog.shadowOf(StreamCatalog.FUSION_STATE));
        eventWriter = bus.addPublisher(StreamCatalog.shadowOf(StreamCatalog.FUSION_EVENT));
        events = new EventPublisher(eventWriter, clock, NodeId.SHADOW);
        reporter = new TaskReporter(events, bus.counters());
        statistics = new CycleStatistics(bus.counters(), config.windowNs());
        outputs = new FusionLoop.Outputs(
                new SetpointPublisher(
                        setpointWriter, NodeId.SHADOW, StreamCatalog.replayOf(StreamCatalog.CONTROL_STATE)),
                setpointWriter,
                new FusedStatePublisher(
                        stateWriter, NodeId.SHADOW, StreamCatalog.replayOf(StreamCatalog.CONTROL_STATE)),
                stateWriter,
                events,
                bus.counters().node(BusCounter.WINDOWS_INCOMPLETE),
                WindowListener.NONE,
                null);
        samples = bus.addReplaySubscriber(StreamCatalog.CONTROL_STATE, this);
    }

    /**
     * Takes what has come of the replay.
     *
     * @param limit most messages to take.
     * @return how many were taken.
     */
    int poll(final int limit) {
        final int taken = samples.poll(limit);
        events.doWork();
        setpointWriter.doWork();
        stateWriter.doWork();
        return taken;
    }

    @Override
    public void onJump() {
        pass = null;
    }

    @Override
    public void onMessage(
            final DirectBuffer buffer,
            final int offset,
            final int lengthBytes,
            final int sessionId,
            final long fromPosition,
            final long toPosition) {
        final long captureTimeNs = MessageSchema.captureTimeNs(buffer, offset);
        Pass present = pass;
        if (present == null || captureTimeNs - present.aligner().nextCloseTimeNs() > MAX_SILENCE_NS) {
            present = begin(captureTimeNs);
            pass = present;
        }
        while (present.aligner().isDue(captureTimeNs)) {
            nowNs = present.aligner().nextCloseTimeNs();
            present.loop().onWake(nowNs);
        }
        nowNs = Math.max(nowNs, captureTimeNs);
        present.adapter().onMessage(buffer, offset, lengthBytes, sessionId, fromPosition, toPosition);
    }

    /** Reader of replay.control.state, for its counts. */
    ReplaySubscriber samples() {
        return samples;
    }

    /** Times that it began: replays and jumps. */
    int passes() {
        return passes;
    }

    /** Whether the driver is gone. */
    boolean isClosed() {
        return samples.isClosed() || setpointWriter.isClosed();
    }

    @Override
    public void close() {
        CloseHelper.closeAll(samples, setpointWriter, stateWriter, eventWriter);
    }

    private Pass begin(final long captureTimeNs) {
        passes++;
        nowNs = captureTimeNs;
        final int joints = robot.jointCount();
        final WindowAligner aligner = new WindowAligner(config.windowTiming(), joints, captureTimeNs);
        final PickAndPlace task =
                new PickAndPlace(plan, MotionLimits.of(robot, config.speedFraction()), config.taskSettings(), reporter);
        final FusionLoop loop = new FusionLoop(
                new CyclePacer(clock, config.windowNs(), 0),
                statistics,
                clock,
                limit -> 0,
                aligner,
                new JointEstimator(joints, EstimatorNoise.DEFAULT),
                new ForwardKinematics(robot.chain()),
                task,
                outputs);
        return new Pass(aligner, new JointStateAdapter(aligner::admit, joints, new ForeignArmEvent(events)), loop);
    }
}
