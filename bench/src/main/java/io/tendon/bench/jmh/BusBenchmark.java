package io.tendon.bench.jmh;

import io.tendon.bench.transport.StateMessage;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.driver.EmbeddedDriver;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.schemas.NodeId;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A session with control's publisher on {@code control.state}, which a benchmark has to itself. Owner: the thread that
 * measures.
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
public abstract class BusBenchmark {
    /** System property with the session's name. Whoever runs a benchmark gives it, to clean up behind a fork that was killed. */
    static final String NAME_PROPERTY = "tendon.bench.robot";

    /** The client of the session. */
    final BusConnection bus;
    /** On {@code control.state}. */
    final MessagePublisher publisher;
    /** What is published. */
    final UnsafeBuffer message = StateMessage.encoded();

    private final RuntimeDirectory directory = RuntimeDirectory.of(
            System.getProperty(NAME_PROPERTY, "bench-" + ProcessHandle.current().pid()));
    private final EmbeddedDriver driver = EmbeddedDriver.launch(directory, Throwable::printStackTrace);

    /** Begins the session. */
    BusBenchmark() {
        bus = BusConnection.connect(directory, NodeId.CONTROL, Throwable::printStackTrace, 0);
        publisher = bus.addPublisher(StreamCatalog.CONTROL_STATE);
    }

    /** Ends the session. */
    @TearDown
    public void close() {
        bus.close();
        driver.close();
        IoUtil.delete(directory.directory().toFile(), true);
    }
}
