package io.tendon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.BusCounters;
import io.tendon.bus.counter.CounterView;
import io.tendon.schemas.NodeId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;
import org.agrona.LangUtil;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A driver and a session in memory, where the recorder and writers find them. */
final class TestRobot implements AutoCloseable {
    static final String NAME = "test";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final List<String> jvmOptions;
    private final Path root;
    private final RuntimeDirectory runtime;
    private final MediaDriver driver;
    private final SessionAnchor session;

    /**
     * Starts the media driver.
     *
     * @param jvmOptions of the processes that are launched, beside those of all.
     */
    TestRobot(final String... jvmOptions) {
        this.jvmOptions = List.of(jvmOptions);
        try {
            root = Files.createTempDirectory(Path.of("/dev/shm"), "tendon-test");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        runtime = new RuntimeDirectory(NAME, root.resolve("tendon-" + System.getProperty("user.name") + "-" + NAME));
        runtime.create();
        session = SessionAnchor.create();
        driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(runtime.aeronDirectory().toString())
                .threadingMode(ThreadingMode.SHARED)
                .clientLivenessTimeoutNs(TimeUnit.SECONDS.toNanos(60))
                .publicationUnblockTimeoutNs(TimeUnit.SECONDS.toNanos(75))
                .timerIntervalNs(TimeUnit.MILLISECONDS.toNanos(100))
                .epochClock(session.clock())
                .dirDeleteOnStart(true)
                .errorHandler(TestRobot::onDriverError));
        BusCounters.create(runtime);
        session.write(runtime.sessionFile());
    }

    RuntimeDirectory runtime() {
        return runtime;
    }

    String sessionName() {
        return session.sessionName();
    }

    /** The session's time, ns since the epoch. */
    long nanoTime() {
        return session.clock().nanoTime();
    }

    BusConnection connect(final NodeId node) {
        return BusConnection.connect(runtime, node, LangUtil::rethrowUnchecked, TimeUnit.SECONDS.toNanos(5));
    }

    /** Ends the driver as if it had died: nobody is asked. */
    void stopDriver() {
        driver.close();
    }

    /** The real command in a process of its own, that can be killed. */
    Process launch(final String... arguments) throws IOException {
        return command(arguments)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .start();
    }

    private ProcessBuilder command(final String... arguments) {
        final List<String> command = new ArrayList<>(List.of(
                // Where the tests run in the background, SIGINT is ignored by all that they start.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.util.zip=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-opens",
                "java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-exports",
                "java.base/jdk.internal.ref=ALL-UNNAMED",
                "-Dchronicle.analytics.disable=true",
                "-D" + RuntimeDirectory.ROOT_PROPERTY + "=" + root));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PersistenceNode.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** Runs a command to its end, in a process of its own, and says how it ended and what it said. */
    CommandRun outcome(final Path data, final String... arguments) throws IOException, InterruptedException {
        final List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--name", NAME, "--data", data.toString()));
        final Path err = Files.createTempFile(root, "err", ".txt");
        final Process process =
                command(all.toArray(String[]::new)).redirectError(err.toFile()).start();
        final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CommandRun(process.waitFor(), out, Files.readString(err));
    }

    /** Starts the recorder in a process of its own and waits until it records. */
    Process launchRecorder(final Path data, final String... options) throws IOException {
        return awaitRecording(launchUnready(data, options));
    }

    /** The same, with what it says in a file. */
    Process launchRecorder(final Path log, final Path data) throws IOException {
        return awaitRecording(command("run", "--name", NAME, "--data", data.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    }

    private Process awaitRecording(final Process process) throws IOException {
        try (CounterView counters = CounterView.open(runtime)) {
            Awaitility.await()
                    .atMost(TIMEOUT)
                    .until(() -> counters.node(BusCounter.READY, NodeId.PERSISTENCE, 0) == 1
                            && counters.node(BusCounter.PID, NodeId.PERSISTENCE, 0) == process.pid());
        } catch (final ConditionTimeoutException e) {
            throw new AssertionError("the recorder does not record; its threads:\n" + threads(process), e);
        }
        return process;
    }

    /** Starts the recorder in a process of its own. */
    Process launchUnready(final Path data, final String... options) throws IOException {
        final List<String> arguments = new ArrayList<>(List.of("run", "--name", NAME, "--data", data.toString()));
        arguments.addAll(List.of(options));
        return launch(arguments.toArray(String[]::new));
    }

    /** What the threads of a Java process do, as it prints itself when it is asked to. */
    private static String threads(final Process process) throws IOException {
        if (!process.isAlive()) {
            return "it has ended, exit code " + process.exitValue();
        }
        try {
            signal(process, "QUIT");
            TimeUnit.SECONDS.sleep(2);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        final InputStream out = process.getInputStream();
        return new String(out.readNBytes(out.available()), StandardCharsets.UTF_8);
    }

    /** It ends the driver, and the tests that wait for it would not know why. */
    private static void onDriverError(final Throwable error) {
        System.getLogger(TestRobot.class.getName()).log(System.Logger.Level.ERROR, "event=driver-error", error);
        LangUtil.rethrowUnchecked(error);
    }

    /** Runs a command to its end; it must succeed. */
    List<String> run(final Path data, final String... arguments) throws IOException, InterruptedException {
        final List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--name", NAME, "--data", data.toString()));
        final Process process = launch(all.toArray(String[]::new));
        final List<String> lines;
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            lines = reader.lines().toList();
        }
        assertThat(process.waitFor()).as("exit code of %s", all).isZero();
        return lines;
    }

    /** How many messages of a stream the recorder has counted. */
    long recorded(final StreamDescriptor stream) {
        try (CounterView counters = CounterView.open(runtime)) {
            return counters.stream(BusCounter.RECORDED, NodeId.PERSISTENCE, stream, 0);
        }
    }

    void awaitRecorded(final StreamDescriptor stream, final long messages) {
        Awaitility.await().atMost(TIMEOUT).until(() -> recorded(stream) >= messages);
    }

    void awaitCounter(final BusCounter counter, final long least) {
        try (CounterView counters = CounterView.open(runtime)) {
            Awaitility.await().atMost(TIMEOUT).until(() -> counters.node(counter, NodeId.PERSISTENCE, 0) >= least);
        }
    }

    /** Sends a signal such as STOP. */
    static void signal(final Process process, final String name) throws IOException, InterruptedException {
        final Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
        if ("STOP".equals(name)) {
            // The signal has been sent, and a thread on another core may run on for a moment.
            Awaitility.await().atMost(TIMEOUT).until(() -> isStopped(process.pid()));
        }
    }

    private static boolean isStopped(final long pid) throws IOException {
        try (var threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (final Path thread : threads) {
                final String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
                if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void close() {
        driver.close();
        IoUtil.delete(root.toFile(), true);
    }
}
