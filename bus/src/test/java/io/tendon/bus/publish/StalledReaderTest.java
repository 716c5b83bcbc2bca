package io.tendon.bus.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.catalog.StreamSizing;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.driver.EmbeddedDriver;
import io.tendon.bus.subscribe.MessageSubscriber;
import io.tendon.schemas.NodeId;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promise, on a real driver: a reader that stands still for ever is left behind, and the writer is never refused. */
class StalledReaderTest {
    private static final int LENGTH_BYTES = 224;
    private static final int TERM_BYTES = 1 << 17;

    @TempDir
    private Path directory;

    @Test
    void shouldNeverRefuseTheWriterWithinTheBoundAndRefuseItFarBeyond() {
        final RuntimeDirectory runtime = new RuntimeDirectory("stalled", directory);
        final Lane within = new Lane(1501, 0.9);
        final Lane beyond = new Lane(1502, 6.0);
        try (EmbeddedDriver driver = EmbeddedDriver.launch(runtime, error -> {});
                BusConnection writer = BusConnection.connect(runtime, NodeId.CONTROL, error -> {}, 0);
                BusConnection reader = BusConnection.connect(runtime, NodeId.FUSION, error -> {}, 0)) {
            within.open(writer, reader);
            beyond.open(writer, reader);
            final long startNs = System.nanoTime();
            // Long enough for the slower lane to run out of its window if its reader were not left behind.
            final long windowBytes = StreamSizing.windowBytes(TERM_BYTES);
            while (within.publisher().position() < windowBytes + windowBytes / 4) {
                final double elapsedS = (System.nanoTime() - startNs) / 1e9;
                within.publishUpTo(elapsedS);
                beyond.publishUpTo(elapsedS);
                LockSupport.parkNanos(200_000);
            }

            assertThat(within.publisher().refused()).isZero();
            assertThat(beyond.publisher().refused()).isPositive();
            assertThat(driver.session().isDriverAlive()).isTrue();
        }
    }

    /** A writer at a steady rate, and a reader that never polls. */
    private static final class Lane {
        private final StreamDescriptor stream;
        private final double messagesPerSecond;
        private @org.jspecify.annotations.Nullable MessagePublisher publisher;
        private long offered;

        Lane(final int streamId, final double boundShare) {
            final double unitShare = StreamSizing.boundShare(TERM_BYTES, 1.0, LENGTH_BYTES);
            this.messagesPerSecond = boundShare / unitShare;
            this.stream =
                    new StreamDescriptor("lane." + streamId, streamId, messagesPerSecond, LENGTH_BYTES, TERM_BYTES, 1);
        }

        void open(final BusConnection writer, final BusConnection reader) {
            final MessageSubscriber stalled =
                    reader.addSubscriber(stream, (b, o, l, s, from, to) -> {}, (st, s, first, last) -> {});
            publisher = writer.addPublisher(stream);
            await().until(stalled::hasImage);
        }

        MessagePublisher publisher() {
            return java.util.Objects.requireNonNull(publisher);
        }

        void publishUpTo(final double elapsedS) {
            while (offered < elapsedS * messagesPerSecond) {
                offered++;
                if (publisher().claim(LENGTH_BYTES).isAccepted()) {
                    publisher().commit();
                }
                publisher().doWork();
            }
        }
    }
}
