package io.tendon.bus.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aeron.Subscription;
import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.counter.RecorderLag;
import io.tendon.bus.driver.EmbeddedDriver;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.publish.OfferResult;
import io.tendon.bus.subscribe.MessageSubscriber;
import io.tendon.schemas.HealthEncoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.NodeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ErrorHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusConnectionTest {
    private static final ErrorHandler RETHROW = error -> {
        throw new AssertionError(error);
    };

    private final HealthEncoder encoder = new HealthEncoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    @TempDir
    private Path directory;

    @Test
    void shouldSayHowToStartARobotThatDoesNotRun() {
        final RuntimeDirectory empty = new RuntimeDirectory("lonely", directory);

        assertThatThrownBy(() -> BusConnection.connect(empty, NodeId.FUSION, RETHROW, 0))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("no session runs in " + directory)
                .hasMessageContaining("--name lonely");
    }

    @Test
    void shouldRefuseAReplayOnALiveStreamBeforeTheDriverHearsOfIt() {
        final RuntimeDirectory runtime = new RuntimeDirectory("test", directory);
        try (EmbeddedDriver driver = EmbeddedDriver.launch(runtime, RETHROW);
                BusConnection replay = BusConnection.connect(runtime, NodeId.REPLAY, RETHROW, 0)) {
            assertThat(driver.session().isDriverAlive()).isTrue();
            assertThatThrownBy(() -> replay.addPublisher(StreamCatalog.CONTROL_STATE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("REPLAY on control.state (1001)");
        }
    }

    @Test
    void shouldCarryMessagesWithTheirPositionsAndCountThemAtBothEnds() {
        final RuntimeDirectory runtime = new RuntimeDirectory("test", directory);
        try (EmbeddedDriver driver = EmbeddedDriver.launch(runtime, RETHROW);
                BusConnection control = BusConnection.connect(runtime, NodeId.CONTROL, RETHROW, 0);
                BusConnection fusion = BusConnection.connect(runtime, NodeId.FUSION, RETHROW, 0)) {
            final List<Long> sequences = new ArrayList<>();
            final List<Long> positions = new ArrayList<>();
            final MessageSubscriber subscriber = fusion.addSubscriber(
                    StreamCatalog.NODE_HEALTH,
                    (buffer, offset, length, sessionId, from, to) -> {
                        sequences.add(MessageSchema.sequence(buffer, offset));
                        positions.add(from);
                        positions.add(to);
                    },
                    (stream, sessionId, first, last) -> sequences.add(-first));
            final MessagePublisher publisher = control.addPublisher(StreamCatalog.NODE_HEALTH);
            await().until(subscriber::hasImage);

            publish(publisher);
            publish(publisher);
            final long behindSecond = publisher.position();
            assertThat(publisher.claim(MessageLengths.health())).isEqualTo(OfferResult.ACCEPTED);
            publisher.abort();
            publish(publisher);
            publisher.doWork();
            await().until(() -> {
                subscriber.poll(10);
                return subscriber.received() == 3;
            });

            assertThat(sequences).containsExactly(0L, 1L, -2L, 3L);
            assertThat(positions.get(0)).isZero();
            assertThat(positions.get(1)).isEqualTo(positions.get(2));
            assertThat(positions.get(3)).isEqualTo(behindSecond);
            assertThat(subscriber.gaps()).isEqualTo(1);
            assertThat(publisher.refused()).isEqualTo(1);
            assertThat(publisher.lossRanges().firstSequence()).isEqualTo(2);
            assertCounters(runtime);
            assertThat(driver.session().sessionName()).isEqualTo(control.sessionName());
            publisher.close();
            subscriber.close();
        }
    }

    private static void assertCounters(final RuntimeDirectory runtime) {
        try (CounterView view = CounterView.open(runtime)) {
            assertThat(view.stream(BusCounter.SENT, NodeId.CONTROL, StreamCatalog.NODE_HEALTH, -1))
                    .isEqualTo(3);
            assertThat(view.stream(BusCounter.REFUSED, NodeId.CONTROL, StreamCatalog.NODE_HEALTH, -1))
                    .isEqualTo(1);
            assertThat(view.stream(BusCounter.RECEIVED, NodeId.FUSION, StreamCatalog.NODE_HEALTH, -1))
                    .isEqualTo(3);
            assertThat(view.stream(BusCounter.GAPS, NodeId.FUSION, StreamCatalog.NODE_HEALTH, -1))
                    .isEqualTo(1);
            assertThat(view.stream(BusCounter.SENT, NodeId.FUSION, StreamCatalog.CONTROL_STATE, -1))
                    .isEqualTo(-1);
        }
    }

    @Test
    void shouldSeeFromOutsideHowFarARecorderIsBehind() {
        final RuntimeDirectory runtime = new RuntimeDirectory("test", directory);
        try (EmbeddedDriver driver = EmbeddedDriver.launch(runtime, RETHROW);
                BusConnection control = BusConnection.connect(runtime, NodeId.CONTROL, RETHROW, 0);
                CounterView view = CounterView.open(runtime);
                Subscription recorder = control.aeron()
                        .addSubscription(
                                "aeron:ipc?tether=false|alias=rec.node.health", StreamCatalog.NODE_HEALTH.streamId())) {
            final MessagePublisher publisher = control.addPublisher(StreamCatalog.NODE_HEALTH);
            await().until(() -> recorder.imageCount() == 1);
            publish(publisher);
            publish(publisher);

            await().untilAsserted(() -> assertThat(RecorderLag.read(view).bytes(StreamCatalog.NODE_HEALTH))
                    .isEqualTo(publisher.position()));
            recorder.poll((buffer, offset, length, header) -> {}, 10);
            assertThat(RecorderLag.read(view).bytes(StreamCatalog.NODE_HEALTH)).isZero();
            assertThat(RecorderLag.read(view).bytes(StreamCatalog.CONTROL_STATE))
                    .isZero();
            assertThat(driver.session().isDriverAlive()).isTrue();
        }
    }

    @Test
    void shouldGiveAnExceptionInAHandlerToTheLoopThatPolls() {
        final RuntimeDirectory runtime = new RuntimeDirectory("test", directory);
        try (EmbeddedDriver driver = EmbeddedDriver.launch(runtime, RETHROW);
                BusConnection control = BusConnection.connect(runtime, NodeId.CONTROL, RETHROW, 0)) {
            final MessageSubscriber subscriber = control.addSubscriber(
                    StreamCatalog.NODE_HEALTH,
                    (buffer, offset, length, sessionId, from, to) -> {
                        throw new IllegalStateException("handler");
                    },
                    (stream, sessionId, first, last) -> {});
            final MessagePublisher publisher = control.addPublisher(StreamCatalog.NODE_HEALTH);
            await().until(subscriber::hasImage);
            publish(publisher);

            assertThatThrownBy(() -> await().until(() -> subscriber.poll(10) > 0))
                    .hasMessageContaining("handler");
            assertThat(control.counters().stream(BusCounter.RECEIVED, StreamCatalog.NODE_HEALTH)
                            .get())
                    .isEqualTo(1);
            assertThat(driver.session().isDriverAlive()).isTrue();
        }
    }

    @Test
    void shouldRefuseAndCountWhenNobodyListensAnyMore() {
        final RuntimeDirectory runtime = new RuntimeDirectory("test", directory);
        try (EmbeddedDriver driver = EmbeddedDriver.launch(runtime, RETHROW)) {
            final BusConnection control = BusConnection.connect(runtime, NodeId.CONTROL, RETHROW, 0);
            final MessagePublisher publisher = control.addPublisher(StreamCatalog.NODE_HEALTH);
            control.close();

            assertThat(publisher.claim(MessageLengths.health())).isEqualTo(OfferResult.CLOSED);

            assertThat(publisher.refused()).isEqualTo(1);
            assertThat(publisher.isClosed()).isTrue();
            assertThat(driver.session().isDriverAlive()).isTrue();
        }
    }

    private void publish(final MessagePublisher publisher) {
        if (publisher.claim(MessageLengths.health()).isAccepted()) {
            encoder.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), header);
            encoder.stamp().sequence(publisher.sequence()).captureTimeNs(1).source(NodeId.CONTROL);
            encoder.inputsCount(0);
            publisher.commit();
        }
    }
}
