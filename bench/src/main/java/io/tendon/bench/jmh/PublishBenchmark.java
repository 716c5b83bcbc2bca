package io.tendon.bench.jmh;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.BufferClaim;
import io.tendon.bench.transport.StateMessage;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.driver.EmbeddedDriver;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.schemas.NodeId;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One state message of a six-joint arm into the log: ours, and Aeron's bare tryClaim with the same bytes copied. Both
 * follow their own stream in the same thread, as the control loop does, and wait where the driver, held for milliseconds,
 * leaves no room.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens=java.base/java.util.zip=ALL-UNNAMED"
        })
public class PublishBenchmark {
    private static final int LENGTH_BYTES = StateMessage.LENGTH_BYTES;
    private static final int BLOCK_BYTES = 1 << 20;

    private final RuntimeDirectory directory = BenchmarkSession.directory();
    private final EmbeddedDriver driver = EmbeddedDriver.launch(directory, Throwable::printStackTrace);
    private final BusConnection bus = BusConnection.connect(directory, NodeId.CONTROL, Throwable::printStackTrace, 0);
    private final MessagePublisher publisher = bus.addPublisher(StreamCatalog.CONTROL_STATE);
    private final ExclusivePublication raw =
            bus.aeron().addExclusivePublication(StreamCatalog.CONTROL_STATE.publicationChannel(), 2001);
    private final Subscription rawPacer =
            bus.aeron().addSubscription(StreamCatalog.CONTROL_STATE.pacerChannel(raw.sessionId()), 2001);
    private final BufferClaim claim = new BufferClaim();
    private final UnsafeBuffer message = StateMessage.encoded();
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

    /** Ends the session. */
    @TearDown
    public void close() {
        bus.close();
        driver.close();
        IoUtil.delete(directory.directory().toFile(), true);
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
