package io.tendon.bench.jmh;

import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.tendon.bench.transport.StateMessage;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.subscribe.MessageSubscriber;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.StampEncoder;
import java.nio.ByteOrder;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/**
 * One state message out of the log and into its handler, which reads one field: ours, which checks the header, follows the
 * sequence and counts, and Aeron's bare poll. Both read the same log, written before the clock runs.
 */
public class DispatchBenchmark extends BusBenchmark {
    private static final int BATCH = 4096;
    private static final int FRAGMENT_LIMIT = 256;
    private static final int FIELD_OFFSET =
            MessageHeaderEncoder.ENCODED_LENGTH + StampEncoder.captureTimeNsEncodingOffset();
    private static final int SEQUENCE_OFFSET =
            MessageHeaderEncoder.ENCODED_LENGTH + StampEncoder.sequenceEncodingOffset();

    private final MessageSubscriber subscriber = bus.addSubscriber(
            StreamCatalog.CONTROL_STATE,
            (buffer, offset, lengthBytes, sessionId, fromPosition, toPosition) ->
                    onField(buffer.getLong(offset + FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN), toPosition),
            (stream, sessionId, first, last) -> {
                throw new IllegalStateException("messages are missing");
            });
    private final Subscription raw = bus.aeron()
            .addSubscription(
                    StreamCatalog.CONTROL_STATE.subscriptionChannel("raw"), StreamCatalog.CONTROL_STATE.streamId());
    private final FragmentHandler rawHandler = (buffer, offset, lengthBytes, header) ->
            onField(buffer.getLong(offset + FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN), header.position());
    private long sum;

    /** Called by JMH. */
    public DispatchBenchmark() {}

    /** Both readers have joined. */
    @Setup
    public void join() {
        while (!subscriber.hasImage() || raw.imageCount() == 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** There are messages to read, for both, as neither may be left behind. */
    @Setup(Level.Invocation)
    public void publish() {
        while (subscriber.poll(FRAGMENT_LIMIT) + raw.poll(rawHandler, FRAGMENT_LIMIT) > 0) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < BATCH; i++) {
            while (!publisher.tryClaim(StateMessage.LENGTH_BYTES).isAccepted()) {
                // The driver was held for milliseconds and has not moved the limit.
                Thread.onSpinWait();
            }
            publisher.buffer().putBytes(publisher.offset(), message, 0, StateMessage.LENGTH_BYTES);
            publisher
                    .buffer()
                    .putLong(publisher.offset() + SEQUENCE_OFFSET, publisher.sequence(), ByteOrder.LITTLE_ENDIAN);
            publisher.commitCountedLater();
            publisher.doWork();
        }
    }

    /** Ours. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long tendon() {
        int polled = 0;
        while (polled < BATCH) {
            polled += subscriber.poll(FRAGMENT_LIMIT);
        }
        return sum;
    }

    /** The floor. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long aeron() {
        int polled = 0;
        while (polled < BATCH) {
            polled += raw.poll(rawHandler, FRAGMENT_LIMIT);
        }
        return sum;
    }

    /** Ours, as a loop reads that gets one message a cycle. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long tendonOneAPoll() {
        int polled = 0;
        while (polled < BATCH) {
            polled += subscriber.poll(1);
        }
        return sum;
    }

    /** The floor of that. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long aeronOneAPoll() {
        int polled = 0;
        while (polled < BATCH) {
            polled += raw.poll(rawHandler, 1);
        }
        return sum;
    }

    private void onField(final long value, final long position) {
        sum += value ^ position;
    }
}
