package io.tendon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.connection.ProcessLock;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.SessionDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks a recorder that runs, when all is well with it and when not. */
class LiveQuestionsTest {
    private static final int MESSAGES = 2_000;
    private static final String ENDLESS = "SELECT range FROM range(1000000000000)";
    private static final String COUNT = "SELECT count(*) AS states FROM joint_state";

    private final TestRobot robot = new TestRobot();

    @TempDir
    private Path data;

    @BeforeEach
    void findRobot() {
        // Commands that run in this process find the robot that the recorder's process records.
        System.setProperty(
                RuntimeDirectory.ROOT_PROPERTY,
                String.valueOf(robot.runtime().directory().getParent()));
    }

    @AfterEach
    void close() {
        System.clearProperty(RuntimeDirectory.ROOT_PROPERTY);
        robot.close();
    }

    @Test
    void shouldAnswerOnWhateverBecameOfTheQuestionBefore() throws IOException, InterruptedException {
        final Process recorder = robot.launchRecorder(data);
        try (TestWriter writer = new TestWriter(robot.connect(NodeId.CONTROL), StreamCatalog.CONTROL_STATE)) {
            writer.publish(MESSAGES);
            robot.awaitRecorded(StreamCatalog.CONTROL_STATE, MESSAGES);
            assertCounted();

            final CommandRun tooLong = sql("SELECT count(*) FROM range(10000000) a, range(10000000) b", "1s");
            assertThat(tooLong.exitCode()).isEqualTo(NodeCommand.EXIT_FAILURE);
            assertThat(tooLong.err()).contains("took longer than 1s");
            assertCounted();

            final Process asking = robot.launch(
                    "sql", "--name", TestRobot.NAME, "--data", data.toString(), "--format", "csv", ENDLESS);
            try (BufferedReader lines = asking.inputReader(StandardCharsets.UTF_8)) {
                assertThat(lines.readLine()).isEqualTo("range");
                assertThat(lines.readLine()).isEqualTo("0");
                asking.destroyForcibly().waitFor();
            }
            assertCounted();
        } finally {
            end(recorder);
        }
    }

    @Test
    void shouldEndInOrderInTheMiddleOfAnAnswer() throws IOException, InterruptedException {
        final Process recorder = robot.launchRecorder(data);
        final Process asking = robot.launch(
                "sql",
                "--name",
                TestRobot.NAME,
                "--data",
                data.toString(),
                "--timeout",
                "5min",
                "SELECT count(*) FROM range(10000000) a, range(10000000) b");
        try {
            // Nothing else says from outside that the engine works on it.
            final Duration idle = cpu(recorder);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> cpu(recorder).minus(idle).toSeconds() >= 4);
        } finally {
            end(recorder);
        }
        assertThat(asking.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(asking.exitValue()).isEqualTo(NodeCommand.EXIT_FAILURE);
    }

    @Test
    void shouldSayWhyItCannotAnswerAndRecordAndKnowTheStateAllTheSame() throws IOException, InterruptedException {
        final Path index = new SessionDirectory(data, robot.sessionName()).index();
        Files.createDirectories(index);
        final ProcessLock held = ProcessLock.acquire(index.resolve("lock"), () -> "held");
        final Process recorder = robot.launchRecorder(data);
        try {
            try (TestWriter writer = new TestWriter(robot.connect(NodeId.CONTROL), StreamCatalog.CONTROL_STATE)) {
                writer.publish(MESSAGES);
                robot.awaitRecorded(StreamCatalog.CONTROL_STATE, MESSAGES);

                final CommandRun refused = sql(COUNT, "30s");
                assertThat(refused.exitCode()).isEqualTo(NodeCommand.EXIT_FAILURE);
                assertThat(refused.err())
                        .contains("index: is not open", "another process has its index open", "ask again");
                final CommandRun state = CommandRun.of(
                        "state",
                        "get",
                        "control.state/JointState",
                        "--name",
                        TestRobot.NAME,
                        "--data",
                        data.toString());
                assertThat(state.exitCode()).as(state.err()).isEqualTo(NodeCommand.EXIT_OK);

                held.close();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(40))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> sql(COUNT, "30s").exitCode() == NodeCommand.EXIT_OK);
                assertCounted();
            }
        } finally {
            held.close();
            end(recorder);
        }
    }

    @Test
    void shouldEndInOrderWhileTheStateStillOpens(@TempDir final Path logs) throws IOException, InterruptedException {
        final Path log = logs.resolve("recorder.log");
        // Opening takes a second; the recorder records before.
        end(robot.launchRecorder(log, data));

        assertThat(Files.readAllLines(log))
                .allMatch(line -> line.startsWith("INFO: ")
                        || line.startsWith("SLF4J(W): ")
                        || line.endsWith(" start")
                        || line.endsWith(" stop"));
    }

    @Test
    void shouldSayThatARecorderWithoutIndicesAnswersNothing() throws IOException, InterruptedException {
        final Process recorder = robot.launchRecorder(data, "--no-index");
        try {
            final CommandRun refused = sql(COUNT, "30s");
            assertThat(refused.exitCode()).isEqualTo(NodeCommand.EXIT_FAILURE);
            assertThat(refused.err()).contains("nobody answers", "--no-index", "ask when the session is over");
        } finally {
            end(recorder);
        }
    }

    private static Duration cpu(final Process process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private void assertCounted() throws IOException, InterruptedException {
        assertThat(robot.run(data, "sql", "--format", "csv", COUNT))
                .containsExactly("states", Integer.toString(MESSAGES));
    }

    private static void end(final Process recorder) throws InterruptedException {
        recorder.destroy();
        assertThat(recorder.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(recorder.exitValue()).isEqualTo(NodeCommand.EXIT_OK);
    }

    private CommandRun sql(final String question, final String timeout) throws IOException, InterruptedException {
        return robot.outcome(data, "sql", "--timeout", timeout, question);
    }
}
