package io.tendon.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.cycle.RtMode;
import io.tendon.bus.driver.EmbeddedDriver;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.subscribe.MessageSubscriber;
import io.tendon.bus.subscribe.ReplaySubscriber;
import io.tendon.fusion.task.CellPlanner;
import io.tendon.robot.RobotModel;
import io.tendon.schemas.FusedStateDecoder;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.NodeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.LangUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fusion on a replay, on a real bus: the test is the replay. */
class ShadowAssemblyTest {
    private static final long MS = 1_000_000L;
    private static final long WINDOW_NS = 10 * MS;
    /** Long ago, at the beginning of a window. */
    private static final long START_NS = 1_700_000_000_000L * MS;

    @TempDir
    private Path directory = Path.of("unset");

    private final RobotModel robot = ShippedRobot.read();
    private final List<String> windows = new ArrayList<>();
    private final List<NodeId> sources = new ArrayList<>();
    private final List<Integer> inputStreamIds = new ArrayList<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FusedStateDecoder state = new FusedStateDecoder();
    private EmbeddedDriver driver;
    private BusConnection replayBus;
    private BusConnection shadowBus;
    private BusConnection readerBus;
    private MessagePublisher replay;
    private MessageSubscriber reader;
    private ShadowAssembly shadow;
    private SpokenArm arm;
    private int pass = 1;

    @BeforeEach
    void startBus() {
        final RuntimeDirectory runtime = new RuntimeDirectory("shadow-test", directory);
        driver = EmbeddedDriver.launch(runtime, LangUtil::rethrowUnchecked);
        replayBus = BusConnection.connect(runtime, NodeId.REPLAY, LangUtil::rethrowUnchecked, 0);
        shadowBus = BusConnection.connect(runtime, NodeId.SHADOW, LangUtil::rethrowUnchecked, 0);
        readerBus = BusConnection.connect(runtime, NodeId.OPERATOR, LangUtil::rethrowUnchecked, 0);
        reader = readerBus.addSubscriber(
                StreamCatalog.shadowOf(StreamCatalog.FUSION_STATE), this::onState, (s, i, f, l) -> {});
        final FusionConfig config = new FusionConfig(WINDOW_NS, MS, MS, 15 * MS, 20, 0.6, 0.03, RtMode.OFF, -1);
        shadow = new ShadowAssembly(shadowBus, config, robot, new CellPlanner(robot).plan(ShippedRobot.readCell()));
        replay = replayBus.addPublisher(StreamCatalog.replayOf(StreamCatalog.CONTROL_STATE));
        arm = new SpokenArm(replay, robot.homePositions());
        await().until(() -> shadow.samples().hasImage() && reader.hasImage());
    }

    @AfterEach
    void stopBus() {
        shadow.close();
        readerBus.close();
        shadowBus.close();
        replayBus.close();
        driver.close();
    }

    @Test
    void shouldCloseAWindowWhenTheRecordedTimeHasPassedItsEnd() {
        say(0, 11);
        listen();
        assertThat(windows).as("the grace is recorded time, too").isEmpty();

        say(11, 12);
        listen();
        assertThat(windows).containsExactly("0 of 10");

        say(12, 42);
        listen();
        assertThat(windows).containsExactly("0 of 10", "1 of 10", "2 of 10", "3 of 10");
    }

    @Test
    void shouldSpeakAsShadowOfTheReplayAndTouchNoCounterOfFusions() {
        say(0, 12);
        listen();

        assertThat(sources).containsExactly(NodeId.SHADOW);
        assertThat(inputStreamIds)
                .containsExactly(
                        StreamCatalog.replayOf(StreamCatalog.CONTROL_STATE).streamId());
        try (CounterView counters = CounterView.open(new RuntimeDirectory("shadow-test", directory))) {
            for (final BusCounter counter : BusCounter.values()) {
                assertThat(counters.node(counter, NodeId.FUSION, -1))
                        .as(counter.name())
                        .isEqualTo(-1);
            }
            assertThat(counters.stream(
                            BusCounter.SENT, NodeId.SHADOW, StreamCatalog.shadowOf(StreamCatalog.FUSION_STATE), -1))
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldGiveEveryWindowOfASilenceInTheRecording() {
        say(0, 12);
        say(1_011, 1_012);
        listen();

        assertThat(windows).hasSize(101);
        assertThat(windows.subList(2, 101)).allMatch(window -> window.endsWith("of 0"));
    }

    @Test
    void shouldSayTheSameOfTheSameRecordingAfterAJumpBack() {
        say(0, 205);
        listen();
        final List<String> first = List.copyOf(windows);
        windows.clear();
        pass++;
        arm = new SpokenArm(replay, robot.homePositions());

        say(0, 205);
        listen();

        assertThat(first).hasSize(20);
        assertThat(windows).isEqualTo(first);
        assertThat(shadow.passes()).isEqualTo(2);
        assertThat(shadow.samples().gaps()).as("a jump is no loss").isZero();
    }

    @Test
    void shouldBeginAnewBehindAJumpForward() {
        say(0, 12);
        pass++;
        say(5_000, 5_012);
        listen();

        assertThat(windows).containsExactly("0 of 10", "500 of 10");
    }

    /** Replays the samples of some milliseconds. */
    private void say(final int fromMs, final int toMs) {
        for (int i = fromMs; i < toMs; i++) {
            arm.say(START_NS + i * MS, false, ReplaySubscriber.reservedValue(pass, 7));
        }
    }

    private void listen() {
        while (shadow.poll(64) > 0) {
            reader.poll(1_000);
        }
        reader.poll(1_000);
    }

    private void onState(
            final DirectBuffer buffer,
            final int offset,
            final int lengthBytes,
            final int sessionId,
            final long fromPosition,
            final long toPosition) {
        state.wrapAndApplyHeader(buffer, offset, header);
        windows.add((state.windowStartNs() - START_NS) / WINDOW_NS + " of " + state.receivedSamples());
        sources.add(state.stamp().source());
        for (FusedStateDecoder.InputsDecoder input = state.inputs(); input.hasNext(); ) {
            input = input.next();
            inputStreamIds.add(input.streamId());
        }
    }
}
