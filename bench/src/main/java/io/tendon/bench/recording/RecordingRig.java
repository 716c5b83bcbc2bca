package io.tendon.bench.recording;

import io.tendon.bench.transport.StateMessage;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.driver.EmbeddedDriver;
import io.tendon.certify.process.ChildProcess;
import io.tendon.persistence.PersistenceNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.IoUtil;

/** A writer's process and a recorder's, and their session, fresh for each measurement, on one disk. Main thread. */
public final class RecordingRig {
    private static final List<String> JVM_FLAGS = List.of("-Xms128m", "-Xmx128m", "-XX:+UseSerialGC");
    private static final long LOAD_TIMEOUT_S = 300;
    private static final long STOP_TIMEOUT_S = 60;

    private final String robotName;
    private final Path data;
    private final Path logs;
    private final long messages;

    /**
     * A rig with a session of its own in each measurement.
     *
     * @param robotName of the session; none runs.
     * @param data directory on the disk that is measured; made and deleted in each measurement.
     * @param logs directory for what the processes print.
     * @param messages to record each time.
     */
    public RecordingRig(final String robotName, final Path data, final Path logs, final long messages) {
        this.robotName = robotName;
        this.data = data;
        this.logs = logs;
        this.messages = messages;
    }

    /**
     * Our recorder, with its checksums, its flushes every 100 ms and its following of what it records; without
     * indices, which the bare archive has none of.
     *
     * @return what it came to.
     * @throws IOException when the disk cannot be written.
     */
    public RecordingFigures tendon() throws IOException {
        return measure(
                PersistenceNode.class,
                List.of("run", "--name", robotName, "--data", data.toString(), "--drain-timeout", "30s", "--no-index"),
                List.of());
    }

    /**
     * The bare archive.
     *
     * @return what it came to.
     * @throws IOException when the disk cannot be written.
     */
    public RecordingFigures archive() throws IOException {
        return measure(
                ArchiveNode.class, List.of("--robot", robotName, "--directory", data.toString()), List.of("--bare"));
    }

    /**
     * The disk: as many bytes as a recorder writes, its warming up included.
     *
     * @return what it came to.
     * @throws IOException when the disk cannot be written.
     */
    public RecordingFigures disk() throws IOException {
        final long recorded = messages + messages / LoadNode.WARM_UP_PART;
        Files.createDirectories(data);
        try {
            return SequentialWrite.measure(
                    data.resolve("sequential"), recorded * StreamDescriptor.framedLength(StateMessage.LENGTH_BYTES));
        } finally {
            IoUtil.delete(data.toFile(), true);
        }
    }

    private RecordingFigures measure(
            final Class<?> recorderMain, final List<String> recorderArguments, final List<String> loadArguments)
            throws IOException {
        Files.createDirectories(data);
        final List<String> arguments = new ArrayList<>(
                List.of("--robot", robotName, "--directory", data.toString(), "--messages", Long.toString(messages)));
        arguments.addAll(loadArguments);
        final RuntimeDirectory runtime = RuntimeDirectory.of(robotName);
        try (EmbeddedDriver driver = EmbeddedDriver.launch(runtime, Throwable::printStackTrace);
                ChildProcess recorder = ChildProcess.startJava(
                        recorderMain, logs.resolve("recorder.log"), JVM_FLAGS, recorderArguments)) {
            final RecordingFigures figures;
            try (ChildProcess load =
                    ChildProcess.startJava(LoadNode.class, logs.resolve("load.log"), JVM_FLAGS, arguments)) {
                if (load.awaitExit(LOAD_TIMEOUT_S) != 0) {
                    throw new CommandFailure(
                            "recording: could not be measured\n" + load.logTail() + '\n' + recorder.logTail());
                }
                figures = figures(load);
            }
            if (recorder.stop(STOP_TIMEOUT_S) != 0) {
                throw new CommandFailure("recording: the recorder did not keep everything\n" + recorder.logTail());
            }
            return figures;
        } finally {
            IoUtil.delete(data.toFile(), true);
            IoUtil.delete(runtime.directory().toFile(), true);
        }
    }

    private RecordingFigures figures(final ChildProcess load) {
        final String[] fields = load.printed("recording ").split(" ", -1);
        return new RecordingFigures(
                Long.parseLong(fields[0]), messages, Long.parseLong(fields[1]), Long.parseLong(fields[2]));
    }
}
