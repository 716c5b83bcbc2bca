package io.tendon.bench.store.robot;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.counter.LiveNode;
import io.tendon.bus.driver.EmbeddedDriver;
import io.tendon.certify.process.ChildProcess;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.SessionDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.IoUtil;
import org.jspecify.annotations.Nullable;

/**
 * A session and its recorder: the installation's own command, with the JVM's options that ship. It can be killed and
 * started again in the session. Main thread.
 */
final class RecorderRig implements AutoCloseable {
    /** Stands for what is not known; nothing that is counted here is negative. */
    static final long UNKNOWN = -1;

    private static final long START_TIMEOUT_NS = 60_000_000_000L;
    private static final long STOP_TIMEOUT_S = 120;
    private static final long LOOK_NS = 500_000L;
    private static final List<String> JVM_FLAGS = List.of("-Xms64m", "-Xmx64m", "-XX:+UseSerialGC");

    private final Path home;
    private final RuntimeDirectory runtime;
    private final Path data;
    private final Path logs;
    private final EmbeddedDriver driver;
    private final CounterView counters;
    private @Nullable ChildProcess recorder;
    private int started;

    /**
     * Begins a session.
     *
     * @param place of one robot.
     */
    RecorderRig(final RobotPlace place) throws IOException {
        this.home = place.home();
        this.data = Files.createDirectories(place.data());
        this.logs = place.logs();
        runtime = RuntimeDirectory.of(place.name());
        driver = EmbeddedDriver.launch(runtime, Throwable::printStackTrace);
        counters = CounterView.open(runtime);
    }

    /** Where it is recorded. */
    SessionDirectory session() {
        return new SessionDirectory(data, driver.session().sessionName());
    }

    /**
     * Starts the recorder and waits until it records.
     *
     * @param options beyond those that say what and where.
     * @return from the start of the process on, ns.
     * @throws CommandFailure when it does not come up, or the wait is interrupted.
     */
    long start(final String... options) {
        final long before = counters.node(BusCounter.PID, NodeId.PERSISTENCE, 0);
        final List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(options));
        final long beginNs = System.nanoTime();
        recorder = command("recorder" + started++, all);
        while (counters.node(BusCounter.PID, NodeId.PERSISTENCE, 0) == before
                || counters.node(BusCounter.READY, NodeId.PERSISTENCE, 0) != LiveNode.READY) {
            if (!recorder.isAlive() || System.nanoTime() - beginNs > START_TIMEOUT_NS) {
                throw new CommandFailure("the recorder did not come up; it printed\n" + recorder.logTail());
            }
            if (Thread.interrupted()) {
                // Not kept, so that what was started can still be ended in order.
                throw new CommandFailure("the start of the recorder: stopped before its end");
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return System.nanoTime() - beginNs;
    }

    /** Process id of the recorder. */
    long pid() {
        return counters.node(BusCounter.PID, NodeId.PERSISTENCE, 0);
    }

    /** Ends the recorder as a crash does: kill -9. */
    void kill() {
        if (recorder != null) {
            // Its script becomes the recorder itself: there is no other process that could be left.
            recorder.kill();
            recorder = null;
        }
    }

    /** Ends the recorder in order. */
    void stop() {
        if (recorder != null) {
            final int exitCode = recorder.stop(STOP_TIMEOUT_S);
            final String log = recorder.logTail();
            recorder = null;
            if (exitCode != 0) {
                throw new CommandFailure("the recorder did not keep everything; it printed\n" + log);
            }
        }
    }

    /** Starts {@code persistence-node} with the session's name and data. */
    ChildProcess command(final String logName, final List<String> arguments) {
        final List<String> command = new ArrayList<>();
        command.add(RobotPlace.recorderCommand(home).toString());
        command.add(arguments.get(0));
        command.addAll(List.of("--name", runtime.name(), "--data", data.toString()));
        command.addAll(arguments.subList(1, arguments.size()));
        return ChildProcess.start(logName, logs.resolve(logName + ".log"), command);
    }

    /** Starts a main of ours in the session; it is told its name with {@code --robot}. */
    ChildProcess startMain(final Class<?> main, final String... arguments) {
        final List<String> all = new ArrayList<>(List.of("--robot", runtime.name()));
        all.addAll(List.of(arguments));
        return ChildProcess.startJava(main, logs.resolve(main.getSimpleName() + ".log"), JVM_FLAGS, all);
    }

    /** Messages of control that were sent so far; {@link #UNKNOWN} before it has come up. */
    long sent() {
        return counters.stream(BusCounter.SENT, NodeId.CONTROL, StreamCatalog.CONTROL_STATE, UNKNOWN);
    }

    /** Messages of control that were refused so far; {@link #UNKNOWN} before it has come up. */
    long refused() {
        return counters.stream(BusCounter.REFUSED, NodeId.CONTROL, StreamCatalog.CONTROL_STATE, UNKNOWN);
    }

    /** Age of the oldest message that is recorded and not indexed, ms; {@link #UNKNOWN} while the recorder does not know. */
    long indexLagMs() {
        return counters.node(BusCounter.INDEX_LAG_MS, NodeId.PERSISTENCE, UNKNOWN);
    }

    /** Bytes that are recorded and not indexed; {@link #UNKNOWN} while the recorder does not know. */
    long indexLagBytes() {
        return counters.node(BusCounter.INDEX_LAG_BYTES, NodeId.PERSISTENCE, UNKNOWN);
    }

    @Override
    public void close() {
        try {
            if (recorder != null) {
                recorder.close();
            }
        } finally {
            counters.close();
            driver.close();
            IoUtil.delete(runtime.directory().toFile(), true);
        }
    }
}
