package io.tendon.bus.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.driver.EmbeddedDriver;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.subscribe.MessageSubscriber;
import io.tendon.schemas.AnomalyKind;
import io.tendon.schemas.EventDecoder;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.LossDecoder;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.MissCause;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.Severity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real driver: what a reader of the event stream hears. */
class EventPublisherTest {
    private static final ErrorHandler RETHROW = error -> {
        throw new AssertionError(error);
    };
    private static final StreamDescriptor EVENTS = new StreamDescriptor("some.event", 1599, 100, 600, 1 << 16, 1);

    @TempDir
    private Path directory;

    private final List<String> said = new ArrayList<>();
    private final List<String> kinds = new ArrayList<>();
    private final List<Long> sequences = new ArrayList<>();
    private final Set<Long> missed = new TreeSet<>();
    private final Set<Long> reportedMissing = new TreeSet<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private long nowNs = 1_000;
    private EmbeddedDriver driver;
    private BusConnection bus;
    private MessagePublisher publisher;
    private MessagePublisher other;
    private MessageSubscriber reader;
    private EventPublisher events;

    @BeforeEach
    void connect() {
        final RuntimeDirectory runtime = new RuntimeDirectory("events", directory);
        driver = EmbeddedDriver.launch(runtime, RETHROW);
        bus = BusConnection.connect(runtime, NodeId.FUSION, RETHROW, 0);
        publisher = bus.addPublisher(EVENTS);
        other = bus.addPublisher(StreamCatalog.FUSION_STATE);
        reader = bus.addSubscriber(EVENTS, this::onMessage, (stream, sessionId, first, last) -> {
            for (long sequence = first; sequence <= last; sequence++) {
                missed.add(sequence);
            }
        });
        await().until(reader::hasImage);
        events = new EventPublisher(publisher, () -> nowNs, NodeId.FUSION);
    }

    @AfterEach
    void disconnect() {
        bus.close();
        driver.close();
    }

    @Test
    void shouldSayEventsInSequenceWithTheirTextAndCause() {
        final byte[] text = "at rest, and more".getBytes(StandardCharsets.UTF_8);
        events.event(EventKind.NODE_STOPPING, Severity.INFO, 0, 0.5, text, 7);
        nowNs = 2_000;
        events.causedBy(1101, 42, 64, 128).event(EventKind.SETPOINT_REJECTED, Severity.WARNING, 3, 1.25, text, 0);
        events.event(EventKind.TASK_FAILED, Severity.ERROR, -1, 2, "au\u00dfer Reichweite");
        poll();

        assertThat(said)
                .containsExactly(
                        "1000 FUSION NODE_STOPPING INFO 0 0.5 [] at rest",
                        "2000 FUSION SETPOINT_REJECTED WARNING 3 1.25 [1101 42 64-128] ",
                        "2000 FUSION TASK_FAILED ERROR -1 2.0 [] au\u00dfer Reichweite");
        assertThat(sequences).containsExactly(0L, 1L, 2L);
    }

    @Test
    void shouldSayTheCauseOfAMissAndTheKindOfAnAnomalyWithTheNextEventAlone() {
        events.anomaly(AnomalyKind.ENCODER).event(EventKind.ANOMALY, Severity.WARNING, 2, 3.5, "joint 2");
        events.missedBy(MissCause.HARDWARE).event(EventKind.DEADLINE_MISSED, Severity.WARNING, 1, 0, "");
        events.event(EventKind.NODE_STOPPING, Severity.INFO, 0, 0, "");
        poll();

        assertThat(kinds).containsExactly("NULL_VAL ENCODER", "HARDWARE NULL_VAL", "NULL_VAL NULL_VAL");
    }

    @Test
    void shouldCutALongTextBetweenCodePoints() {
        final String kept = "x".repeat(MessageLengths.MAX_EVENT_TEXT_BYTES - 2);
        final byte[] utf8 = (kept + "\u20ac").getBytes(StandardCharsets.UTF_8);
        events.event(EventKind.EXCEPTION, Severity.ERROR, 0, 0, kept + "\u20ac");
        events.event(EventKind.EXCEPTION, Severity.ERROR, 0, 0, utf8, utf8.length);
        poll();

        final String expected = "1000 FUSION EXCEPTION ERROR 0 0.0 [] " + kept;
        assertThat(said).containsExactly(expected, expected);
    }

    @Test
    void shouldReportRangesOfAnotherWriterOneACycleAndNoneWhileStillRefused() {
        other.close();
        for (int cycle = 0; cycle < 3; cycle++) {
            assertThat(other.claim(64).isAccepted()).isFalse();
            cycle();
            assertThat(said).isEmpty();
        }
        events.onLoss(StreamCatalog.FUSION_SETPOINT, 7, 5, 8);
        poll();
        assertThat(said).containsExactly("1101/7 5-8 SEQUENCE_GAP");
        other.lossRanges().add(10, io.tendon.bus.publish.OfferResult.BACK_PRESSURED);
        other.lossRanges().takeGrown();

        cycle();
        assertThat(said).hasSize(2).last().isEqualTo("1102/" + other.sessionId() + " 0-2 CLOSED");
        cycle();
        assertThat(said).hasSize(3).last().isEqualTo("1102/" + other.sessionId() + " 10-10 BACK_PRESSURED");
        cycle();
        assertThat(said).hasSize(3);
    }

    @Test
    void shouldSayLaterWhatItsOwnStreamRefused() {
        final int refusals = 3;
        refuseEvents(refusals);
        events.onLoss(StreamCatalog.CONTROL_STATE, 9, 100, 109);
        events.onLoss(StreamCatalog.CONTROL_STATE, 9, 120, 129);
        assertThat(said).isEmpty();
        final long offered = publisher.sequence();
        events.reportRefused(publisher);
        events.reportRefused(publisher);
        assertThat(publisher.sequence())
                .as("no offer on the heels of a refusal")
                .isEqualTo(offered);

        awaitSaid(3);

        assertThat(said.subList(0, 2)).containsExactly("1001/9 100-109 SEQUENCE_GAP", "1001/9 120-129 SEQUENCE_GAP");
        assertThat(said.subList(2, said.size()))
                .allSatisfy(loss -> assertThat(loss)
                        .startsWith("1599/" + publisher.sessionId() + ' ')
                        .endsWith(" BACK_PRESSURED"));
        events.event(EventKind.NODE_STARTED, Severity.INFO, 0, 0, "behind the last loss");
        poll();
        assertThat(missed).hasSizeGreaterThan(refusals).isEqualTo(reportedMissing);
        assertThat(publisher.lossRanges().isEmpty()).isTrue();
    }

    @Test
    void shouldCountTheGapsThatItCannotKeep() {
        refuseEvents(1);
        for (int gap = 0; gap < UnsaidGaps.CAPACITY + 4; gap++) {
            events.onLoss(StreamCatalog.CONTROL_STATE, 9, 10L * gap, 10L * gap);
        }
        assertThat(events.unsaidGaps()).isEqualTo(4);

        awaitSaid(UnsaidGaps.CAPACITY + 1);

        for (int gap = 0; gap < UnsaidGaps.CAPACITY; gap++) {
            assertThat(said.get(gap)).isEqualTo("1001/9 " + 10 * gap + "-" + 10 * gap + " SEQUENCE_GAP");
        }
    }

    /** The own stream's pacer stands still until the window is full; the reader hears all that fits. */
    private void refuseEvents(final int refusals) {
        while (publisher.refused() < refusals) {
            events.event(EventKind.DEADLINE_MISSED, Severity.WARNING, 0, 0, "");
            reader.poll(10);
        }
        poll();
        said.clear();
    }

    /** Goes on in cycles until so many losses at least were said and nothing is kept any more. */
    private void awaitSaid(final int losses) {
        await().until(() -> {
            nowNs += EventPublisher.RETRY_NS;
            cycle();
            return said.size() >= losses && publisher.lossRanges().isEmpty();
        });
    }

    private void cycle() {
        events.doWork();
        events.reportRefused(other);
        poll();
    }

    private void poll() {
        while (reader.poll(10) > 0) {
            // Until nothing is left.
        }
    }

    private void onMessage(
            final DirectBuffer buffer,
            final int offset,
            final int lengthBytes,
            final int sessionId,
            final long fromPosition,
            final long toPosition) {
        sequences.add(MessageSchema.sequence(buffer, offset));
        if (MessageSchema.templateId(buffer, offset) == LossDecoder.TEMPLATE_ID) {
            final LossDecoder loss = new LossDecoder().wrapAndApplyHeader(buffer, offset, header);
            said.add(loss.lossStreamId() + "/" + loss.lossSessionId() + " " + loss.firstSequence() + "-"
                    + loss.lastSequence() + " " + loss.reason());
            if (loss.lossStreamId() == EVENTS.streamId()) {
                for (long sequence = loss.firstSequence(); sequence <= loss.lastSequence(); sequence++) {
                    reportedMissing.add(sequence);
                }
            }
            return;
        }
        final EventDecoder event = new EventDecoder().wrapAndApplyHeader(buffer, offset, header);
        kinds.add(event.missCause() + " " + event.anomaly());
        final StringBuilder line = new StringBuilder();
        line.append(event.stamp().captureTimeNs())
                .append(' ')
                .append(event.stamp().source());
        line.append(' ').append(event.kind()).append(' ').append(event.severity());
        line.append(' ').append(event.code()).append(' ').append(event.amount()).append(" [");
        for (final EventDecoder.InputsDecoder input : event.inputs()) {
            line.append(input.streamId()).append(' ').append(input.sessionId()).append(' ');
            line.append(input.fromPosition()).append('-').append(input.toPosition());
        }
        said.add(line.append("] ").append(event.text()).toString());
        assertThat(lengthBytes).isEqualTo(event.encodedLength() + MessageHeaderDecoder.ENCODED_LENGTH);
    }
}
