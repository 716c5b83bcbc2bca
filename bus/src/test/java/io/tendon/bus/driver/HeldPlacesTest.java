package io.tendon.bus.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.catalog.StreamSizing;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.counter.RecorderLag;
import io.tendon.bus.publish.MessagePublisher;
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

class HeldPlacesTest {
    private static final ErrorHandler RETHROW = error -> {
        throw new AssertionError(error);
    };

    @TempDir
    private Path directory;

    @Test
    void shouldLetAReaderThatComesLateReadFromTheBeginning() {
        final RuntimeDirectory runtime = new RuntimeDirectory("test", directory);
        try (EmbeddedDriver driver = EmbeddedDriver.launch(runtime, RETHROW);
                HeldPlaces places = new HeldPlaces(runtime, driver.session().clock(), RETHROW);
                BusConnection bus = BusConnection.connect(runtime, NodeId.CONTROL, RETHROW, 0)) {
            assertThat(sequencesReadByOneThatComesLate(runtime, bus)).containsExactly(0L, 1L, 2L, 3L);
        }
    }

    @Test
    void shouldBeWhatLetsItDoSo() {
        final RuntimeDirectory runtime = new RuntimeDirectory("test", directory);
        try (EmbeddedDriver driver = EmbeddedDriver.launch(runtime, RETHROW);
                BusConnection bus = BusConnection.connect(runtime, NodeId.CONTROL, RETHROW, 0)) {
            assertThat(driver.session().isDriverAlive()).isTrue();
            assertThat(sequencesReadByOneThatComesLate(runtime, bus)).doesNotContain(0L, 1L);
        }
    }

    @Test
    void shouldBeGivenUpBeforeAnyStreamLeavesThemBehind() {
        for (final StreamDescriptor stream : StreamCatalog.all()) {
            assertThat(HeldPlaces.HOLD_NS / 1e9)
                    .as(stream.name())
                    .isLessThan(StreamSizing.losslessStallS(
                            stream.termLengthBytes(), stream.messagesPerSecond(), stream.messageLengthBytes()));
        }
    }

    /** The driver has seen the first two messages, and their writer following them, before the reader comes. */
    private static List<Long> sequencesReadByOneThatComesLate(final RuntimeDirectory runtime, final BusConnection bus) {
        final MessagePublisher publisher = bus.addPublisher(StreamCatalog.NODE_HEALTH);
        publish(publisher);
        publish(publisher);
        publisher.doWork();
        publish(publisher);
        try (CounterView view = CounterView.open(runtime)) {
            await().until(() ->
                    RecorderLag.read(view).publishedBytes(StreamCatalog.NODE_HEALTH) == publisher.position());
        }
        final List<Long> sequences = new ArrayList<>();
        final MessageSubscriber late = bus.addSubscriber(
                StreamCatalog.NODE_HEALTH,
                (buffer, offset, lengthBytes, sessionId, fromPosition, toPosition) ->
                        sequences.add(MessageSchema.sequence(buffer, offset)),
                (stream, sessionId, first, last) -> {});
        await().until(late::hasImage);
        publish(publisher);
        await().until(() -> {
            late.poll(10);
            return sequences.contains(3L);
        });
        return sequences;
    }

    private static void publish(final MessagePublisher publisher) {
        assertThat(publisher.claim(MessageLengths.health()).isAccepted()).isTrue();
        final HealthEncoder encoder = new HealthEncoder();
        encoder.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), new MessageHeaderEncoder());
        encoder.stamp().sequence(publisher.sequence()).captureTimeNs(1).source(NodeId.CONTROL);
        encoder.inputsCount(0);
        publisher.commit();
    }
}
