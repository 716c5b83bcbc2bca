package io.tendon.control.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.driver.EmbeddedDriver;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.subscribe.MessageSubscriber;
import io.tendon.schemas.LossDecoder;
import io.tendon.schemas.LossReason;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.NodeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ErrorHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossReporterTest {
    private static final ErrorHandler RETHROW = error -> {
        throw new AssertionError(error);
    };

    @TempDir
    private Path directory;

    private final List<String> said = new ArrayList<>();

    @Test
    void shouldReportRangesOneACycleAndNoneWhileStillRefused() {
        final RuntimeDirectory runtime = new RuntimeDirectory("test", directory);
        try (EmbeddedDriver driver = EmbeddedDriver.launch(runtime, RETHROW);
                BusConnection bus = BusConnection.connect(runtime, NodeId.CONTROL, RETHROW, 0)) {
            final MessagePublisher events = bus.addPublisher(StreamCatalog.CONTROL_EVENT);
            final MessagePublisher refused = bus.addPublisher(StreamCatalog.OPERATOR_COMMAND);
            final MessageSubscriber reader = bus.addSubscriber(
                    StreamCatalog.CONTROL_EVENT,
                    (buffer, offset, length, session, from, to) -> {
                        final LossDecoder loss =
                                new LossDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
                        said.add(loss.lossStreamId() + " " + loss.firstSequence() + "-" + loss.lastSequence() + " "
                                + loss.reason());
                    },
                    (stream, session, first, last) -> said.add("gap"));
            await().until(reader::hasImage);
            final LossReporter losses = new LossReporter(new EventPublisher(events, bus.clock()), events, refused);
            refused.close();

            for (int cycle = 0; cycle < 3; cycle++) {
                assertThat(refused.claim(64).isAccepted()).isFalse();
                losses.doWork(cycle);
                poll(reader);
                assertThat(said).isEmpty();
            }
            losses.onLoss(StreamCatalog.FUSION_SETPOINT, 7, 5, 8);
            losses.doWork(3);
            poll(reader);
            assertThat(said).containsExactly("1101 5-8 " + LossReason.SEQUENCE_GAP);
            losses.doWork(4);
            losses.doWork(5);
            poll(reader);

            assertThat(said).hasSize(2).last().isEqualTo("1301 0-2 " + LossReason.CLOSED);
            assertThat(driver.session().isDriverAlive()).isTrue();
        }
    }

    private static void poll(final MessageSubscriber reader) {
        while (reader.poll(10) > 0) {
            // Until nothing is left.
        }
    }
}
