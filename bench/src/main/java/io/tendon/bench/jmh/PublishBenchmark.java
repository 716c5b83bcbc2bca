package io.tendon.bench.jmh;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.BufferClaim;
import io.tendon.bench.transport.StateMessage;
import io.tendon.bus.catalog.StreamCatalog;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/**
 * One state message of a six-joint arm into the log: ours, and Aeron's bare tryClaim with the same bytes copied. Both
 * follow their own stream in the same thread, as the control loop does, and wait where the driver, held for milliseconds,
 * leaves no room.
 */
public class PublishBenchmark extends BusBenchmark {
    private static final int LENGTH_BYTES = StateMessage.LENGTH_BYTES;
    private static final int BLOCK_BYTES = 1 << 20;

    private final ExclusivePublication raw =
            bus.aeron().addExclusivePublication(StreamCatalog.CONTROL_STATE.publicationChannel(), 2001);
    private final Subscription rawPacer =
            bus.aeron().addSubscription(StreamCatalog.CONTROL_STATE.pacerChannel(raw.sessionId()), 2001);
    private final BufferClaim claim = new BufferClaim();
    private final Image rawImage = awaitImage();

    /** Called by JMH. */
    public PublishBenchmark() {}

    /** Both streams begin with a touched log. */
    @Setup
    public void touch() {
        for (int i = 0; i < 100_000; i++) {
            tendon();
            aeron();
        }
    }

    /** Ours. */
    @Benchmark
    public long tendon() {
        while (!publisher.claim(LENGTH_BYTES).isAccepted()) {
            Thread.onSpinWait();
        }
        publisher.buffer().putBytes(publisher.offset(), message, 0, LENGTH_BYTES);
        publisher.commitCountedLater();
        publisher.doWork();
        return publisher.position();
    }

    /** The floor. */
    @Benchmark
    public long aeron() {
        long position = raw.tryClaim(LENGTH_BYTES, claim);
        while (position <= 0) {
            Thread.onSpinWait();
            position = raw.tryClaim(LENGTH_BYTES, claim);
        }
        claim.buffer().putBytes(claim.offset(), message, 0, LENGTH_BYTES);
        claim.commit();
        rawImage.blockPoll((buffer, offset, length, sessionId, termId) -> {}, BLOCK_BYTES);
        return position;
    }

    private Image awaitImage() {
        while (rawPacer.imageCount() == 0) {
            LockSupport.parkNanos(1_000_000);
        }
        return rawPacer.imageAtIndex(0);
    }
}
