package io.tendon.bus.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.driver.EmbeddedDriver;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.publish.OfferResult;
import io.tendon.bus.publish.RefusalCounters;
import io.tendon.bus.publish.WriterLog;
import io.tendon.bus.subscribe.MessageSubscriber;
import io.tendon.schemas.HealthEncoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ErrorHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of a stream on a real driver: losses that really happen, and counts that are made to disagree. */
class StreamLedgerTest {
    private static final ErrorHandler RETHROW = error -> {
        throw new AssertionError(error);
    };
    private static final StreamDescriptor STREAM = StreamCatalog.NODE_HEALTH;
    private static final int LENGTH = MessageLengths.health();
    private static final String SMALL = "aeron:ipc?term-length=64k";

    @TempDir
    private Path directory;

    private final List<String> losses = new ArrayList<>();
    private final HealthEncoder encoder = new HealthEncoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private EmbeddedDriver driver;
    private BusConnection control;
    private BusConnection fusion;
    private CounterView view;

    @BeforeEach
    void connect() {
        final RuntimeDirectory runtime = new RuntimeDirectory("test", directory);
        driver = EmbeddedDriver.launch(runtime, RETHROW);
        control = BusConnection.connect(runtime, NodeId.CONTROL, RETHROW, 0);
        fusion = BusConnection.connect(runtime, NodeId.FUSION, RETHROW, 0);
        view = CounterView.open(runtime);
    }

    @AfterEach
    void disconnect() {
        view.close();
        fusion.close();
        control.close();
        driver.close();
    }

    @Test
    void shouldCountAsManyGapsAsOffersWereRefusedForBackPressure() {
        final MessageSubscriber reader = reader();
        final MessagePublisher writer = small(SMALL);
        await().until(reader::hasImage);
        publish(writer);
        reader.poll(10);
        // The writer's own pacer is tethered and does not move: half a term later there is no room.
        int refused = 0;
        while (refused < 5) {
            refused += publish(writer).isAccepted() ? 0 : 1;
        }
        StreamLedger ledger = ledger();
        assertThat(ledger.refused()).isEqualTo(5);
        assertThat(ledger.reasons()).isEqualTo("back-pressured 5");
        drain(reader);
        ledger = ledger();
        assertThat(ledger.unread(ledger.readers().get(0)))
                .as("refusals that no message behind them shows")
                .isEqualTo(5);
        assertThat(ledger.disagreements()).isEmpty();

        await().until(() -> {
            writer.doWork();
            return publish(writer).isAccepted();
        });
        writer.doWork();
        drain(reader);

        ledger = ledger();
        final StreamLedger.Reader fusionReads = ledger.readers().get(0);
        assertThat(fusionReads.gaps()).isEqualTo(ledger.refused()).isGreaterThanOrEqualTo(5);
        assertThat(fusionReads.leftBehind()).isZero();
        assertThat(fusionReads.received()).isEqualTo(ledger.sent());
        assertThat(ledger.unread(fusionReads)).isZero();
        assertThat(ledger.disagreements()).isEmpty();
        assertThat(losses).hasSize(1);
        writer.close();
    }

    @Test
    void shouldTellTheReasonsApart() {
        final MessagePublisher unheard = small(SMALL + "|alias=unheard", true);
        assertThat(publish(unheard)).isEqualTo(OfferResult.NOT_CONNECTED);
        final MessagePublisher usedUp =
                small(SMALL + "|alias=used-up|init-term-id=0|term-id=2147483647|term-offset=65472");
        assertThat(publish(usedUp)).isEqualTo(OfferResult.MAX_POSITION);
        usedUp.close();
        assertThat(publish(usedUp)).isEqualTo(OfferResult.CLOSED);
        assertThat(publish(usedUp)).isEqualTo(OfferResult.CLOSED);

        final StreamLedger ledger = ledger();
        assertThat(ledger.refused()).isEqualTo(4);
        assertThat(ledger.reasons()).isEqualTo("not-connected 1, closed 2, max-position 1");
        assertThat(ledger.writers()).singleElement().satisfies(writer -> {
            assertThat(writer.node()).isEqualTo(NodeId.CONTROL);
            assertThat(writer.refusedBy()).containsOnlyKeys(StreamLedger.REASONS);
            assertThat(writer.refusedBy().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(4);
        });
        assertThat(ledger.disagreements()).isEmpty();
        unheard.close();
    }

    @Test
    void shouldCountWhatPassedWhileAReaderWasCutOffAsLeftBehind() {
        final MessageSubscriber reader = reader();
        final MessagePublisher writer = control.addPublisher(STREAM);
        await().until(reader::hasImage);
        publish(writer);
        drain(reader);
        cutOff(reader);
        publish(writer);
        publish(writer);
        publish(writer);
        awaitJoiningAt(writer);
        joinAgain(reader);
        publish(writer);
        drain(reader);

        final StreamLedger ledger = ledger();
        final StreamLedger.Reader fusionReads = ledger.readers().get(0);
        assertThat(fusionReads.gaps()).isEqualTo(3);
        assertThat(fusionReads.leftBehind()).isEqualTo(3);
        assertThat(fusionReads.missedInPlace()).isZero();
        assertThat(ledger.refused()).isZero();
        assertThat(ledger.unread(fusionReads)).isZero();
        assertThat(ledger.disagreements()).isEmpty();
    }

    @Test
    void shouldNotTakeWhatWasSaidBeforeAReaderJoinedForALoss() {
        final MessagePublisher writer = control.addPublisher(STREAM);
        publish(writer);
        publish(writer);
        awaitJoiningAt(writer);
        final MessageSubscriber reader = reader();
        await().until(reader::hasImage);
        publish(writer);
        drain(reader);

        final StreamLedger ledger = ledger();
        final StreamLedger.Reader fusionReads = ledger.readers().get(0);
        assertThat(fusionReads.gaps()).isZero();
        assertThat(fusionReads.beforeJoining()).isEqualTo(2);
        assertThat(ledger.unread(fusionReads)).isZero();
        assertThat(ledger.disagreements()).isEmpty();
    }

    @Test
    void shouldAllowForTheOneMessageThatControlHasNotCountedYet() {
        control.counters().stream(BusCounter.SENT, StreamCatalog.CONTROL_STATE).setRelease(100);
        fusion.counters().stream(BusCounter.RECEIVED, StreamCatalog.CONTROL_STATE)
                .setRelease(101);
        assertThat(StreamLedger.read(view, StreamCatalog.CONTROL_STATE).disagreements())
                .isEmpty();

        fusion.counters().stream(BusCounter.RECEIVED, StreamCatalog.CONTROL_STATE)
                .setRelease(102);
        assertThat(StreamLedger.read(view, StreamCatalog.CONTROL_STATE).disagreements())
                .containsExactly("control.state: fusion got 102 messages, its writers sent 100 (control 100)");
    }

    @Test
    void shouldNotTakeCommandLinesForDeaths() {
        final BusCounters operators = new BusCounters(new RuntimeDirectory("test", directory), NodeId.OPERATOR);
        operators.node(BusCounter.LIVES).setRelease(9);
        operators.stream(BusCounter.SENT, StreamCatalog.OPERATOR_COMMAND).setRelease(3);
        fusion.counters().stream(BusCounter.RECEIVED, StreamCatalog.OPERATOR_COMMAND)
                .setRelease(4);

        assertThat(StreamLedger.read(view, StreamCatalog.OPERATOR_COMMAND).disagreements())
                .hasSize(1);
    }

    @Test
    void shouldNameStreamWriterReaderAndNumbersWhenTheEndsDisagree() {
        control.counters().stream(BusCounter.SENT, STREAM).setRelease(100);
        control.counters().stream(BusCounter.REFUSED, STREAM).setRelease(7);
        control.counters().stream(BusCounter.REFUSED_BACK_PRESSURED, STREAM).setRelease(7);
        fusion.counters().stream(BusCounter.RECEIVED, STREAM).setRelease(90);
        fusion.counters().stream(BusCounter.GAPS, STREAM).setRelease(12);
        assertThat(ledger().disagreements())
                .containsExactly(
                        "node.health: fusion missed 12 messages in logs that it read on, its writers were refused 7"
                                + " (control 7): 5 are lost and nobody knows why");

        fusion.counters().stream(BusCounter.LEFT_BEHIND, STREAM).setRelease(5);
        assertThat(ledger().disagreements()).isEmpty();

        fusion.counters().stream(BusCounter.RECEIVED, STREAM).setRelease(101);
        assertThat(ledger().disagreements())
                .containsExactly("node.health: fusion got 101 messages, its writers sent 100 (control 100)");

        fusion.counters().stream(BusCounter.RECEIVED, STREAM).setRelease(98);
        assertThat(ledger().disagreements())
                .containsExactly("node.health: fusion passed 110 sequence numbers (98 received, 12 missing, 0 before it"
                        + " joined), its writers used up 107 (control 107)");

        control.counters().stream(BusCounter.REFUSED_CLOSED, STREAM).setRelease(6);
        fusion.counters().stream(BusCounter.RECEIVED, STREAM).setRelease(90);
        assertThat(ledger().disagreements())
                .containsExactly("node.health: control was refused 7 offers, and the reasons add up to 13");
    }

    @Test
    void shouldNotJudgeAReaderThatWasStartedAgainButTheRecorderAllTheSame() {
        control.counters().stream(BusCounter.SENT, STREAM).setRelease(100);
        fusion.counters().stream(BusCounter.RECEIVED, STREAM).setRelease(150);
        assertThat(ledger().disagreements()).hasSize(1);

        fusion.counters().node(BusCounter.LIVES).setRelease(2);
        final StreamLedger ledger = ledger();
        assertThat(ledger.disagreements()).isEmpty();
        assertThat(ledger.unread(ledger.readers().get(0))).isEqualTo(-1);

        final BusCounters recorder = new BusCounters(new RuntimeDirectory("test", directory), NodeId.PERSISTENCE);
        recorder.node(BusCounter.LIVES).setRelease(2);
        recorder.stream(BusCounter.RECEIVED, STREAM).setRelease(103);
        assertThat(ledger().disagreements())
                .containsExactly("node.health: recorder got 103 messages, its writers sent 100 (control 100)");
    }

    private StreamLedger ledger() {
        return StreamLedger.read(view, STREAM);
    }

    private MessageSubscriber reader() {
        return fusion.addSubscriber(
                STREAM,
                (buffer, offset, length, sessionId, from, to) -> {},
                (stream, sessionId, first, last) -> losses.add(first + "-" + last));
    }

    private void cutOff(final MessageSubscriber reader) {
        reader.close();
    }

    /** Until who joins now joins behind all that was written: the driver looks now and then how far its readers are. */
    private void awaitJoiningAt(final MessagePublisher writer) {
        writer.doWork();
        await().until(() -> {
            try (Subscription probe = fusion.aeron().addSubscription("aeron:ipc?alias=probe", STREAM.streamId())) {
                await().until(() -> probe.imageCount() > 0);
                return probe.imageAtIndex(0).joinPosition() == writer.position();
            }
        });
    }

    private void joinAgain(final MessageSubscriber reader) {
        final Subscription next =
                fusion.aeron().addSubscription(STREAM.subscriptionChannel("fusion"), STREAM.streamId());
        await().until(() -> next.imageCount() > 0);
        reader.succeedWith(next);
        reader.poll(1);
        reader.leavePredecessor();
    }

    private MessagePublisher small(final String channel) {
        return small(channel, false);
    }

    /** A writer on a log of the smallest size, with the same counters as any. */
    private MessagePublisher small(final String channel, final boolean isUnheard) {
        final ExclusivePublication publication = control.aeron().addExclusivePublication(channel, STREAM.streamId());
        final Subscription pacer =
                control.aeron().addSubscription(STREAM.pacerChannel(publication.sessionId()), STREAM.streamId());
        await().until(() -> pacer.imageCount() == 1);
        final WriterLog log = new WriterLog(publication, pacer, pacer.imageAtIndex(0));
        if (isUnheard) {
            pacer.close();
            await().until(() -> !publication.isConnected());
        }
        return new MessagePublisher(
                STREAM,
                log,
                control.counters().stream(BusCounter.SENT, STREAM),
                new RefusalCounters(control.counters(), STREAM));
    }

    private OfferResult publish(final MessagePublisher writer) {
        final OfferResult result = writer.claim(LENGTH);
        if (result.isAccepted()) {
            encoder.wrapAndApplyHeader(writer.buffer(), writer.offset(), header);
            encoder.stamp().sequence(writer.sequence()).captureTimeNs(1).source(NodeId.CONTROL);
            encoder.inputsCount(0);
            writer.commit();
        }
        return result;
    }

    private static void drain(final MessageSubscriber reader) {
        while (reader.poll(100) > 0) {
            // Until nothing is left.
        }
    }
}
