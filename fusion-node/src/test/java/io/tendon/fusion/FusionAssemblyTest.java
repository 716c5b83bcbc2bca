package io.tendon.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.cycle.RtMode;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.subscribe.MessageSubscriber;
import io.tendon.fusion.task.CellPlanner;
import io.tendon.fusion.task.TaskStep;
import io.tendon.robot.RobotModel;
import io.tendon.schemas.EventDecoder;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.FusedStateDecoder;
import io.tendon.schemas.JointSetpointDecoder;
import io.tendon.schemas.LossDecoder;
import io.tendon.schemas.LossReason;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.SafetyState;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of fusion on a real bus, driven window by window in made-up time. */
class FusionAssemblyTest {
    private static final long MS = 1_000_000L;
    private static final long WINDOW_NS = 10 * MS;
    private static final long HORIZON_NS = 15 * MS;
    private static final ErrorHandler RETHROW = error -> {
        throw new AssertionError(error);
    };

    private final RobotModel robot = ShippedRobot.read();
    private final FusionConfig config = new FusionConfig(WINDOW_NS, MS, MS, HORIZON_NS, 20, 0.6, 0.03, RtMode.OFF, -1);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final JointSetpointDecoder setpoint = new JointSetpointDecoder();
    private final FusedStateDecoder state = new FusedStateDecoder();
    private final EventDecoder event = new EventDecoder();
    private final LossDecoder loss = new LossDecoder();
    private final List<double[]> setpoints = new ArrayList<>();
    private final List<Long> targetTimesNs = new ArrayList<>();
    private final List<Long> masks = new ArrayList<>();
    private final List<Integer> received = new ArrayList<>();
    private final List<EventKind> events = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();
    private double gripperWidthM = 0.07;
    private int inputSessionId;
    private long inputFrom;
    private long inputTo;

    @TempDir
    private Path directory;

    private TestBus bus;
    private FusionAssembly fusion;
    private MessagePublisher controlState;
    private MessageSubscriber setpointReader;
    private MessageSubscriber stateReader;
    private MessageSubscriber eventReader;
    private SpokenArm arm;
    private long windowStartNs;

    @BeforeEach
    void startBus() {
        bus = new TestBus(directory, RETHROW);
        setpointReader = bus.control.addSubscriber(StreamCatalog.FUSION_SETPOINT, this::onSetpoint, (s, i, f, l) -> {});
        stateReader = bus.control.addSubscriber(StreamCatalog.FUSION_STATE, this::onState, (s, i, f, l) -> {});
        eventReader = bus.control.addSubscriber(StreamCatalog.FUSION_EVENT, this::onEvent, (s, i, f, l) -> {});
        controlState = bus.control.addPublisher(StreamCatalog.CONTROL_STATE);
        fusion = new FusionAssembly(
                bus.fusion, config, robot, new CellPlanner(robot).plan(ShippedRobot.readCell()), null, RETHROW);
        arm = new SpokenArm(controlState, robot.homePositions());
        windowStartNs = fusion.aligner().nextCloseTimeNs() - MS - WINDOW_NS;
        // Subscriptions join in the background: what is said before they have is not heard.
        await().until(() -> fusion.samples().hasImage()
                && setpointReader.hasImage()
                && stateReader.hasImage()
                && eventReader.hasImage());
    }

    @AfterEach
    void stopBus() {
        fusion.close();
        bus.close();
    }

    @Test
    void shouldPublishOneSetpointAndOneStateAWindow() {
        for (int i = 0; i < 500; i++) {
            window(0x3FF);
        }

        assertThat(setpoints).hasSize(500);
        assertThat(masks).hasSize(500).containsOnly(0x3FFL);
        assertThat(received).containsOnly(10);
        assertThat(losses).isEmpty();
        assertThat(events).contains(EventKind.TASK_STEP_CHANGED);
        for (int i = 1; i < setpoints.size(); i++) {
            assertThat(targetTimesNs.get(i) - targetTimesNs.get(i - 1)).isEqualTo(WINDOW_NS);
            assertContinues(setpoints.get(i - 1), setpoints.get(i));
        }
        assertThat(inputSessionId).isEqualTo(controlState.sessionId());
        assertThat(inputTo).isEqualTo(controlState.position());
        assertThat(inputTo - inputFrom).isEqualTo(controlState.position() / controlState.sent() * 10);
    }

    @Test
    void shouldShowWhichSamplesWereLostAndReportThem() {
        final int[] arriving = {0x3FF, 0x3FE, 0x1FF, 0x2AA, 0x000, 0x3FF};
        for (final int mask : arriving) {
            window(mask);
        }

        assertThat(masks).containsExactly(0x3FFL, 0x3FEL, 0x1FFL, 0x2AAL, 0x000L, 0x3FFL);
        assertThat(received).containsExactly(10, 9, 9, 5, 0, 10);
        assertThat(setpoints).hasSize(6);
        // Sequences from 0, ten a window: 10 | 29, 30 | 32 ... 48 each by itself up to the window without any.
        assertThat(losses)
                .contains(
                        "1001 10-10 SEQUENCE_GAP",
                        "1001 29-30 SEQUENCE_GAP",
                        "1001 32-32 SEQUENCE_GAP",
                        "1001 40-49 SEQUENCE_GAP");
    }

    @Test
    void shouldPickAndPlaceOverTheBus() {
        for (int i = 0; i < 1_500 && fusion.task().completed() < 2; i++) {
            window(0x3FF);
        }

        assertThat(fusion.task().completed()).isEqualTo(2);
        assertThat(events.stream().filter(kind -> kind == EventKind.TASK_COMPLETED))
                .hasSize(2);
        assertThat(events).doesNotContain(EventKind.TASK_FAILED);
    }

    @Test
    void shouldHoldStillWhileControlHoldsAndGoOnAfterwards() {
        while (fusion.task().step() != TaskStep.TRANSFER) {
            window(0x3FF);
        }
        arm.safetyState = SafetyState.HOLDING;
        for (int i = 0; i < 50; i++) {
            window(0x3FF);
        }
        final double[] held = setpoints.get(setpoints.size() - 1);
        for (int j = 0; j < robot.jointCount(); j++) {
            assertThat(held[3 * j]).isEqualTo(arm.positions[j]);
            assertThat(held[3 * j + 1]).isZero();
        }
        arm.safetyState = SafetyState.RUNNING;
        for (int i = 0; i < 800 && fusion.task().completed() < 1; i++) {
            window(0x3FF);
        }

        assertThat(fusion.task().completed()).isEqualTo(1);
    }

    @Test
    void shouldSayOnceThatControlMovesAnotherArm() {
        final SpokenArm other = new SpokenArm(controlState, new double[3]);
        for (int i = 0; i < 20; i++) {
            other.say(windowStartNs + i * MS, false);
        }
        window(0x3FF);

        assertThat(fusion.adapter().foreign()).isEqualTo(20);
        assertThat(events.stream().filter(kind -> kind == EventKind.EXCEPTION)).hasSize(1);
        assertThat(received).containsExactly(10);
    }

    @Test
    void shouldComeToRestWhenAskedToStop() {
        while (fusion.task().step() != TaskStep.TRANSFER) {
            window(0x3FF);
        }
        for (int i = 0; i < 20; i++) {
            window(0x3FF);
        }
        assertThat(Math.abs(setpoints.get(setpoints.size() - 1)[1])).isGreaterThan(0.05);
        fusion.task().beginStop();
        int windows = 0;
        while (!fusion.task().isAtRest()) {
            final double[] before = setpoints.get(setpoints.size() - 1);
            window(0x3FF);
            assertContinues(before, setpoints.get(setpoints.size() - 1));
            assertThat(++windows).isLessThan(150);
        }
        final double[] last = setpoints.get(setpoints.size() - 1);
        for (int j = 0; j < robot.jointCount(); j++) {
            assertThat(last[3 * j + 1]).isZero();
            assertThat(last[3 * j + 2]).isZero();
        }
    }

    @Test
    void shouldAllocateNothingOnceWarm() {
        for (int i = 0; i < 2_000; i++) {
            measuredWindow(i);
        }
        // The compiler's own one-off allocations come at odd moments: what allocates by itself never has a clean round.
        List<String> allocations = measuredRound();
        for (int round = 1; round < 10 && !allocations.isEmpty(); round++) {
            allocations = measuredRound();
        }

        // Tasks begin and end in between: planning in the loop allocates nothing either.
        assertThat(fusion.task().completed()).isGreaterThan(5);
        assertThat(allocations).isEmpty();
    }

    private List<String> measuredRound() {
        final List<String> allocations = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            final TaskStep before = fusion.task().step();
            final long allocatedBytes = measuredWindow(i);
            if (allocatedBytes != 0) {
                allocations.add(allocatedBytes + " bytes in window " + i + " from " + before + " to "
                        + fusion.task().step());
            }
        }
        return allocations;
    }

    /** A window, with a sample lost now and then; returns the bytes that fusion allocated in it. */
    private long measuredWindow(final int number) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        say(number % 7 == 0 ? 0x3DF : 0x3FF);
        windowStartNs += WINDOW_NS;
        final long before = threads.getCurrentThreadAllocatedBytes();
        fusion.loop().onWake(windowStartNs + MS);
        final long allocatedBytes = threads.getCurrentThreadAllocatedBytes() - before;
        listen();
        return allocatedBytes;
    }

    private void window(final int arriving) {
        say(arriving);
        windowStartNs += WINDOW_NS;
        fusion.loop().onWake(windowStartNs + MS);
        listen();
    }

    private void say(final int arriving) {
        arm.sayWindow(windowStartNs, arriving);
    }

    /** Follows the set-point two windows back, as an arm with some lag does. */
    private void listen() {
        setpointReader.poll(10);
        stateReader.poll(10);
        eventReader.poll(100);
        arm.wantedWidthM = gripperWidthM;
        if (setpoints.size() >= 2 && arm.safetyState == SafetyState.RUNNING) {
            final double[] followed = setpoints.get(setpoints.size() - 2);
            for (int j = 0; j < arm.positions.length; j++) {
                arm.positions[j] = followed[3 * j];
            }
        }
    }

    private void onSetpoint(
            final DirectBuffer buffer,
            final int offset,
            final int lengthBytes,
            final int sessionId,
            final long fromPosition,
            final long toPosition) {
        setpoint.wrapAndApplyHeader(buffer, offset, header);
        targetTimesNs.add(setpoint.targetTimeNs());
        gripperWidthM = setpoint.gripperWidthM();
        JointSetpointDecoder.InputsDecoder inputs = setpoint.inputs();
        while (inputs.hasNext()) {
            inputs = inputs.next();
            assertThat(inputs.streamId()).isEqualTo(StreamCatalog.CONTROL_STATE.streamId());
            inputSessionId = inputs.sessionId();
            inputFrom = inputs.fromPosition();
            inputTo = inputs.toPosition();
        }
        final double[] values = new double[3 * robot.jointCount()];
        int k = 0;
        for (JointSetpointDecoder.JointsDecoder joint = setpoint.joints(); joint.hasNext(); ) {
            joint = joint.next();
            values[k++] = joint.position();
            values[k++] = joint.velocity();
            values[k++] = joint.acceleration();
        }
        setpoints.add(values);
    }

    private void onState(
            final DirectBuffer buffer,
            final int offset,
            final int lengthBytes,
            final int sessionId,
            final long fromPosition,
            final long toPosition) {
        state.wrapAndApplyHeader(buffer, offset, header);
        masks.add(state.completenessMask());
        received.add(state.receivedSamples());
        if (state.receivedSamples() > 0) {
            assertThat(state.wristForceN().y()).isCloseTo(2, within(1e-9));
        }
    }

    private void onEvent(
            final DirectBuffer buffer,
            final int offset,
            final int lengthBytes,
            final int sessionId,
            final long fromPosition,
            final long toPosition) {
        if (MessageSchema.templateId(buffer, offset) == EventDecoder.TEMPLATE_ID) {
            event.wrapAndApplyHeader(buffer, offset, header);
            events.add(event.kind());
        } else if (MessageSchema.templateId(buffer, offset) == LossDecoder.TEMPLATE_ID) {
            loss.wrapAndApplyHeader(buffer, offset, header);
            final LossReason reason = loss.reason();
            losses.add(loss.lossStreamId() + " " + loss.firstSequence() + "-" + loss.lastSequence() + " " + reason);
        }
    }

    /** Position, velocity and acceleration go on where those of the window before left off. */
    private void assertContinues(final double[] before, final double[] now) {
        final double dtS = WINDOW_NS / 1e9;
        for (int j = 0; j < robot.jointCount(); j++) {
            final double meanVelocity = (before[3 * j + 1] + now[3 * j + 1]) / 2;
            final double meanAcceleration = (before[3 * j + 2] + now[3 * j + 2]) / 2;
            assertThat(now[3 * j]).isCloseTo(before[3 * j] + meanVelocity * dtS, within(2e-4));
            assertThat(now[3 * j + 1]).isCloseTo(before[3 * j + 1] + meanAcceleration * dtS, within(5e-3));
            assertThat(Math.abs(now[3 * j + 2] - before[3 * j + 2]))
                    .isLessThanOrEqualTo(robot.joint(j).limits().maxJerk() * dtS);
        }
    }
}
