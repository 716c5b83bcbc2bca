package io.tendon.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.ModelState;
import io.tendon.bus.cycle.RtMode;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.subscribe.MessageSubscriber;
import io.tendon.fusion.inference.FakeModel;
import io.tendon.fusion.inference.Model;
import io.tendon.fusion.inference.ModelFile;
import io.tendon.fusion.inference.OnnxModel;
import io.tendon.fusion.inference.TestModels;
import io.tendon.fusion.task.CellPlanner;
import io.tendon.robot.RobotModel;
import io.tendon.schemas.AnomalyKind;
import io.tendon.schemas.EventDecoder;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.InferenceDecoder;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.NodeId;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fusion with a model, on a real bus, driven window by window in made-up time; the model's thread runs as it likes. */
class FusionModelTest {
    private static final long MS = 1_000_000L;
    private static final long WINDOW_NS = 10 * MS;
    private static final ErrorHandler RETHROW = error -> {
        throw new AssertionError(error);
    };
    private static final int ELEMENTS = 13;
    private static final String[] FIELDS = {
        "fields=position,effort-mean,arrived-share",
        "position.unit=rad",
        "position.shape=6",
        "effort-mean.unit=Nm",
        "effort-mean.shape=6",
        "arrived-share.unit=1",
        "arrived-share.shape=1"
    };

    private final RobotModel robot = ShippedRobot.read();
    private final FusionConfig config = new FusionConfig(WINDOW_NS, MS, MS, 15 * MS, 20, 0.6, 0.03, RtMode.OFF, -1);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final InferenceDecoder inference = new InferenceDecoder();
    private final EventDecoder event = new EventDecoder();
    private final List<Scored> scored = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private int setpoints;
    private int states;

    @TempDir
    private Path directory;

    private TestBus bus;

    @SuppressWarnings("NullAway.Init")
    private FusionAssembly fusion;

    private MessagePublisher controlState;
    private MessageSubscriber setpointReader;
    private MessageSubscriber stateReader;
    private MessageSubscriber eventReader;
    private MessageSubscriber inferenceReader;

    @SuppressWarnings("NullAway.Init")
    private SpokenArm arm;

    private long windowStartNs;

    /** What was said of one window. */
    private record Scored(
            long startNs,
            long endNs,
            double score,
            double threshold,
            long latencyNs,
            long skipped,
            int sessionId,
            long fromPosition,
            long toPosition,
            String model) {}

    @BeforeEach
    void startBus() {
        bus = new TestBus(directory, RETHROW);
        setpointReader = bus.control.addSubscriber(
                StreamCatalog.FUSION_SETPOINT, (b, o, l, s, f, t) -> setpoints++, (s, i, f, l) -> {});
        stateReader = bus.control.addSubscriber(
                StreamCatalog.FUSION_STATE, (b, o, l, s, f, t) -> states++, (s, i, f, l) -> {});
        eventReader = bus.control.addSubscriber(StreamCatalog.FUSION_EVENT, this::onEvent, (s, i, f, l) -> {});
        inferenceReader =
                bus.control.addSubscriber(StreamCatalog.FUSION_INFERENCE, this::onInference, (s, i, f, l) -> {});
        controlState = bus.control.addPublisher(StreamCatalog.CONTROL_STATE);
    }

    @AfterEach
    void stopBus() {
        fusion.close();
        bus.close();
    }

    @Test
    void shouldSayOfEveryWindowWhatTheModelMakesOfIt() {
        startWith(TestModels.identity(ELEMENTS));
        for (int i = 0; i < 50; i++) {
            final long startNs = windowStartNs;
            final long fromPosition = controlState.position();
            window(0x3FF);
            awaitScores(i + 1);
            final Scored last = scored.get(i);
            assertThat(last.startNs()).isEqualTo(startNs);
            assertThat(last.endNs()).isEqualTo(startNs + WINDOW_NS);
            assertThat(last.sessionId()).isEqualTo(controlState.sessionId());
            assertThat(last.fromPosition()).isEqualTo(fromPosition);
            assertThat(last.toPosition()).isEqualTo(controlState.position());
            assertThat(last.score()).isZero();
            assertThat(last.threshold()).isEqualTo(0.5);
            assertThat(last.latencyNs()).isPositive();
            assertThat(last.skipped()).isZero();
            assertThat(last.model()).isEqualTo("test");
        }

        assertThat(ModelState.of(count(BusCounter.INFERENCE_STATE))).isEqualTo(ModelState.JUDGING);
        assertThat(count(BusCounter.INFERENCES)).isEqualTo(50);
        assertThat(count(BusCounter.INFERENCES_ABOVE)).isZero();
        assertThat(count(BusCounter.INFERENCES_SKIPPED)).isZero();
        assertThat(count(BusCounter.INFERENCE_P50_NS)).isPositive();
        assertThat(count(BusCounter.INFERENCE_MAX_NS)).isGreaterThanOrEqualTo(count(BusCounter.INFERENCE_P99_NS));
        assertThat(events).noneMatch(text -> text.startsWith("INFERENCE") || text.startsWith("MODEL"));
    }

    @Test
    void shouldLeaveOutWindowsOfWhichNothingCame() {
        startWith(TestModels.identity(ELEMENTS));
        window(0x3FF);
        awaitScores(1);
        window(0);
        window(0);
        window(0x001);
        awaitScores(2);

        assertThat(scored.get(1).endNs()).isEqualTo(windowStartNs);
        assertThat(count(BusCounter.INFERENCES_EMPTY)).isEqualTo(2);
        assertThat(count(BusCounter.INFERENCES_SKIPPED)).isZero();
    }

    @Test
    void shouldJudgeOnlyEveryNthWindowWhenTheModelWantsThat() {
        startWith(TestModels.identity(ELEMENTS), "every=5", "deadline=50ms");
        for (int i = 0; i < 20; i++) {
            window(0x3FF);
            awaitScores(i / 5 + 1);
        }

        assertThat(scored).hasSize(4);
        assertThat(scored.get(3).startNs() - scored.get(2).startNs()).isEqualTo(5 * WINDOW_NS);
        assertThat(count(BusCounter.INFERENCES_SKIPPED)).isZero();
    }

    @Test
    void shouldCallWhatIsAboveTheThresholdAnAnomalyOnceWhenItBegins() {
        startWith(TestModels.zero(ELEMENTS), "threshold=0.1");
        for (int i = 0; i < 30; i++) {
            window(0x3FF);
            awaitScores(i + 1);
        }

        // Home, efforts of 0.5 and a share of 1 are not the 0 that the model says.
        final double squares = Arrays.stream(robot.homePositions())
                .map(position -> position * position)
                .sum();
        final double score = (squares + 6 * 0.25 + 1) / ELEMENTS;
        assertThat(scored).allSatisfy(window -> assertThat(window.score()).isBetween(score - 1e-6, score + 1e-6));
        assertThat(count(BusCounter.INFERENCES_ABOVE)).isEqualTo(30);
        assertThat(events.stream().filter(text -> text.startsWith("ANOMALY")))
                .containsExactly("ANOMALY " + AnomalyKind.MODEL + " -1 " + Math.round(score * 100) / 10.0 + " test");
    }

    @Test
    void shouldTakeAnotherThresholdForWhatComesBehindAGap() {
        startWith(TestModels.zero(ELEMENTS), "threshold=0.1", "threshold-after-gap=1000,500");
        window(0x3FF);
        awaitScores(1);
        // The gap ends with the last sample of its window.
        window(0x201);
        awaitScores(2);
        window(0x3FF);
        awaitScores(3);
        window(0x3FF);
        awaitScores(4);

        assertThat(scored.stream().map(Scored::threshold)).containsExactly(0.1, 1000.0, 500.0, 0.1);
        assertThat(count(BusCounter.INFERENCES_ABOVE)).isEqualTo(2);
    }

    @Test
    void shouldGoOnWithEverySetpointWhileTheModelIsBusyAndSayWhatItSkips() throws InterruptedException {
        final FakeModel model = new FakeModel();
        startWith(manifest(TestModels.identity(ELEMENTS)), model);
        window(0x3FF);
        model.awaitAsked();
        for (int i = 0; i < 300; i++) {
            window(0x3FF);
        }

        assertThat(setpoints).isEqualTo(301);
        assertThat(states).isEqualTo(301);
        assertThat(scored).isEmpty();
        assertThat(model.asked()).isEqualTo(1);
        assertThat(count(BusCounter.INFERENCES_SKIPPED)).isEqualTo(300);
        // At once, and then once a second of the windows' time.
        assertThat(events.stream().filter(text -> text.startsWith("INFERENCE_SKIPPED")))
                .containsExactly(
                        "INFERENCE_SKIPPED " + AnomalyKind.NULL_VAL + " 1 1.0 test",
                        "INFERENCE_SKIPPED " + AnomalyKind.NULL_VAL + " 100 101.0 test",
                        "INFERENCE_SKIPPED " + AnomalyKind.NULL_VAL + " 100 201.0 test");
        model.open();
        awaitScores(1);
        window(0x3FF);
        awaitScores(2);
        assertThat(scored.get(0).skipped()).isZero();
        assertThat(scored.get(1).skipped()).isEqualTo(300);
        fusion.close();
        assertThat(model.isClosed()).isTrue();
    }

    @Test
    void shouldSkipWindowsWithASlowModelAndLoseNoneFromTheCounts() {
        startWith(TestModels.slow(ELEMENTS, 512, 200));
        for (int i = 0; i < 400; i++) {
            window(0x3FF);
        }
        assertThat(setpoints).isEqualTo(400);
        final long skipped = count(BusCounter.INFERENCES_SKIPPED);
        assertThat(skipped).isPositive();
        awaitScores((int) (400 - skipped));

        assertThat(count(BusCounter.INFERENCES) + skipped).isEqualTo(400);
        assertThat(scored).allSatisfy(window -> assertThat(window.score()).isZero());
        assertThat(events).anyMatch(text -> text.startsWith("INFERENCE_SKIPPED"));
    }

    @Test
    void shouldIsolateAModelThatSaysNaNAndGoOnWithoutIt() {
        startWith(TestModels.nanAbove(ELEMENTS, 50));
        window(0x3FF);
        awaitScores(1);
        arm.positions[0] += 100;
        window(0x3FF);
        await().until(() -> {
            wake();
            return count(BusCounter.INFERENCE_STATE) == ModelState.ISOLATED.code();
        });
        for (int i = 0; i < 100; i++) {
            window(0x3FF);
        }

        assertThat(setpoints).isEqualTo(102);
        assertThat(states).isEqualTo(102);
        assertThat(scored).hasSize(1);
        assertThat(count(BusCounter.INFERENCES_ISOLATED)).isEqualTo(1);
        assertThat(count(BusCounter.INFERENCES_SKIPPED)).isZero();
        assertThat(events.stream().filter(text -> text.startsWith("MODEL")))
                .containsExactly("MODEL_ISOLATED " + AnomalyKind.NULL_VAL
                        + " 0 NaN model test gave NaN, must give finite numbers");
        assertThat(errors).hasSize(1);
    }

    @Test
    void shouldAllocateNothingInTheLoopOnceWarm() {
        startWith(TestModels.identity(ELEMENTS));
        for (int i = 0; i < 3_000; i++) {
            window(0x3FF);
        }
        final long before = count(BusCounter.INFERENCES);
        long allocatedBytes = -1;
        int rounds = 0;
        // The compiler's own one-off allocations come at odd moments: what allocates by itself never has a clean round.
        while (rounds < 10 && allocatedBytes != 0) {
            rounds++;
            allocatedBytes = 0;
            for (int i = 0; i < 50; i++) {
                allocatedBytes += measuredWindow();
            }
        }

        assertThat(allocatedBytes).isZero();
        assertThat(count(BusCounter.INFERENCES) - before).isGreaterThanOrEqualTo(50L * rounds);
    }

    /** A window and, wake by wake, the wait for its score, or for that of one before; the bytes that the loop allocated. */
    private long measuredWindow() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long judged = count(BusCounter.INFERENCES);
        say(0x3FF);
        windowStartNs += WINDOW_NS;
        long allocatedBytes = 0;
        while (count(BusCounter.INFERENCES) == judged) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            fusion.loop().onWake(windowStartNs + MS);
            allocatedBytes += threads.getCurrentThreadAllocatedBytes() - before;
            listen();
        }
        return allocatedBytes;
    }

    private void startWith(final byte[] model, final String... lines) {
        final ModelFile file = manifest(model, lines);
        startWith(file, OnnxModel.open(file, directory));
    }

    private ModelFile manifest(final byte[] model, final String... lines) {
        final List<String> all = new ArrayList<>(List.of(FIELDS));
        all.addAll(List.of(lines));
        final ModelFile file = ModelFile.read(TestModels.write(directory, model, all.toArray(new String[0])));
        file.requireFits(robot, WINDOW_NS, WINDOW_NS / 10, 1);
        return file;
    }

    private void startWith(final ModelFile file, final Model model) {
        fusion = new FusionAssembly(
                bus.fusion,
                config,
                robot,
                new CellPlanner(robot).plan(ShippedRobot.readCell()),
                new ModelAssembly.ChosenModel(file, model),
                errors::add);
        fusion.startModel();
        arm = new SpokenArm(controlState, robot.homePositions());
        windowStartNs = fusion.aligner().nextCloseTimeNs() - MS - WINDOW_NS;
        await().until(() -> fusion.samples().hasImage()
                && setpointReader.hasImage()
                && stateReader.hasImage()
                && eventReader.hasImage()
                && inferenceReader.hasImage());
    }

    private void awaitScores(final int wanted) {
        await().until(() -> {
            wake();
            return scored.size() >= wanted;
        });
        assertThat(scored).hasSize(wanted);
    }

    private void window(final int arriving) {
        say(arriving);
        windowStartNs += WINDOW_NS;
        wake();
    }

    private void say(final int arriving) {
        arm.sayWindow(windowStartNs, arriving);
    }

    /** When the latest window is due, and again: no other window is due by then. */
    private void wake() {
        fusion.loop().onWake(windowStartNs + MS);
        listen();
    }

    private void listen() {
        setpointReader.poll(10);
        stateReader.poll(10);
        eventReader.poll(100);
        inferenceReader.poll(10);
    }

    private long count(final BusCounter counter) {
        return bus.fusion.counters().node(counter).get();
    }

    private void onInference(
            final DirectBuffer buffer,
            final int offset,
            final int lengthBytes,
            final int sessionId,
            final long fromPosition,
            final long toPosition) {
        inference.wrapAndApplyHeader(buffer, offset, header);
        assertThat(inference.stamp().source()).isEqualTo(NodeId.FUSION);
        final long startNs = inference.windowStartNs();
        final long endNs = inference.windowEndNs();
        final double score = inference.score();
        final double threshold = inference.threshold();
        final long latencyNs = inference.latencyNs();
        final long skipped = inference.skippedWindows();
        final InferenceDecoder.InputsDecoder input = inference.inputs().next();
        assertThat(input.streamId()).isEqualTo(StreamCatalog.CONTROL_STATE.streamId());
        scored.add(new Scored(
                startNs,
                endNs,
                score,
                threshold,
                latencyNs,
                skipped,
                input.sessionId(),
                input.fromPosition(),
                input.toPosition(),
                inference.model()));
    }

    private void onEvent(
            final DirectBuffer buffer,
            final int offset,
            final int lengthBytes,
            final int sessionId,
            final long fromPosition,
            final long toPosition) {
        if (MessageSchema.templateId(buffer, offset) != EventDecoder.TEMPLATE_ID) {
            return;
        }
        event.wrapAndApplyHeader(buffer, offset, header);
        final EventKind kind = event.kind();
        final String words =
                kind + " " + event.anomaly() + ' ' + event.code() + ' ' + Math.round(event.amount() * 10) / 10.0;
        final boolean isNone = Double.isNaN(event.amount());
        event.inputs().forEach(input -> {
            // Behind the group stands the text.
        });
        events.add((isNone ? kind + " " + event.anomaly() + ' ' + event.code() + " NaN" : words) + ' ' + event.text());
    }
}
