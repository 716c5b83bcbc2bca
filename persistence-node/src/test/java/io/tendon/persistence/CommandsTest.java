package io.tendon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.NodeCommand;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say of one recorded session, and of what is not there. */
class CommandsTest {
    private static final int MESSAGES = 20_000;
    private static final TestRobot ROBOT = new TestRobot();

    @TempDir
    private static Path data = Path.of("unset");

    @BeforeAll
    static void record() throws IOException, InterruptedException {
        final Process recorder = ROBOT.launchRecorder(data);
        try (TestWriter writer = new TestWriter(ROBOT.connect(NodeId.CONTROL), StreamCatalog.CONTROL_STATE)) {
            writer.publish(MESSAGES);
            ROBOT.awaitRecorded(StreamCatalog.CONTROL_STATE, MESSAGES);
        }
        recorder.destroy();
        assertThat(recorder.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterAll
    static void stopRobot() {
        ROBOT.close();
    }

    @Test
    void shouldSaySoWhenThereIsNoSessionYet() {
        final CommandRun outcome =
                CommandRun.of("info", "--data", data.resolve("nowhere").toString());

        assertThat(outcome.exitCode()).isEqualTo(NodeCommand.EXIT_FAILURE);
        assertThat(outcome.err()).contains("holds no session yet").doesNotContain("\tat ");
    }

    @Test
    void shouldNameTheNearestSessionWhenThereIsNoSuchOne() {
        final CommandRun outcome =
                CommandRun.of("info", "--data", data.toString(), "--session", "x" + ROBOT.sessionName());

        assertThat(outcome.exitCode()).isEqualTo(NodeCommand.EXIT_FAILURE);
        assertThat(outcome.err()).contains("did you mean " + ROBOT.sessionName() + "?");
    }

    @Test
    void shouldListTheStreamsWhenThereIsNoSuchOne() {
        final CommandRun outcome = CommandRun.of("dump", "--data", data.toString(), "--stream", "control.stat");

        assertThat(outcome.exitCode()).isEqualTo(NodeCommand.EXIT_FAILURE);
        assertThat(outcome.err())
                .contains("control.state, persistence.event", "did you mean control.state?")
                .doesNotContain("\tat ");
    }

    @Test
    void shouldMakeADamagedManifestAgainAndSaySo() throws IOException {
        final SessionDirectory directory = new SessionDirectory(data, ROBOT.sessionName());
        final byte[] good = Files.readAllBytes(directory.manifest());
        final byte[] bad = good.clone();
        bad[bad.length / 2] ^= 1;
        final long startedNs = Session.open(directory).manifest().startedNs();
        Files.write(directory.manifest(), bad);
        try {
            final CommandRun outcome = CommandRun.of("sessions", "--json", "--data", data.toString());

            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.err()).contains("damaged", "made again from the archive");
            assertThat(outcome.out()).contains("\"name\":\"control.state\",\"messages\":" + MESSAGES);
            assertThat(Session.open(directory).manifest().startedNs())
                    .as("--from counts from here")
                    .isEqualTo(startedNs);
            assertThat(CommandRun.of("info", "--data", data.toString()).out()).contains("on unknown, unknown");
        } finally {
            Files.write(directory.manifest(), good);
        }
    }

    @Test
    void shouldPrintNothingOfAStreamThatNobodyWroteTo() throws IOException, InterruptedException {
        assertThat(ROBOT.run(data, "dump", "--stream", "operator.command")).isEmpty();
    }

    @Test
    void shouldReadTheSameWithoutTheArchivesCatalog() throws IOException, InterruptedException {
        final SessionDirectory directory = new SessionDirectory(data, ROBOT.sessionName());
        final List<String> lines = ROBOT.run(data, "dump", "--stream", "control.state", "--count", "5");
        final Path catalog = directory.archive().resolve("archive.catalog");
        final Path away = Files.move(catalog, directory.root().resolve("away"));
        try {
            final CommandRun info = CommandRun.of("info", "--data", data.toString());
            assertThat(info.exitCode()).isZero();
            assertThat(info.err()).contains("archive.catalog: is missing", "read from their own files");
            assertThat(withoutSession(ROBOT.run(data, "dump", "--stream", "control.state", "--count", "5")))
                    .hasSize(5)
                    .isEqualTo(withoutSession(lines));
        } finally {
            Files.move(away, catalog);
        }
    }

    @Test
    void shouldFailWhenTheArchiveIsGone() throws IOException, InterruptedException {
        final SessionDirectory directory = new SessionDirectory(data, ROBOT.sessionName());
        final Path away = Files.move(directory.archive(), directory.root().resolve("away"));
        try {
            final CommandRun info = CommandRun.of("info", "--data", data.toString());
            assertThat(info.exitCode()).isEqualTo(NodeCommand.EXIT_FAILURE);
            assertThat(info.err())
                    .contains("archive: is missing", "are gone", "restore")
                    .doesNotContain("\tat ");
            final Process dump = ROBOT.launch("dump", "--data", data.toString());
            assertThat(dump.waitFor()).isEqualTo(NodeCommand.EXIT_FAILURE);
        } finally {
            Files.move(away, directory.archive());
        }
    }

    @Test
    void shouldSayThatASessionIsWhole() {
        final CommandRun outcome = CommandRun.of("verify", "--data", data.toString());

        assertThat(outcome.exitCode()).as(outcome.out()).isZero();
        // The state's library says once that nobody takes what it logs; what ships has somebody.
        assertThat(outcome.err().lines()).allMatch(line -> line.startsWith("SLF4J(W): "));
        assertThat(outcome.out().lines())
                .last()
                .asString()
                .isEqualTo("whole: every frame is sound, no message is lost without a stated reason");
        assertThat(CommandRun.of("verify", "--json", "--data", data.toString()).out())
                .startsWith("{\"session\":\"" + ROBOT.sessionName() + "\",\"state\":\"CLOSED\",\"ok\":true,")
                .contains("\"missingUnexplained\":0", "{\"name\":\"control.state\",\"streamId\":1001,");
    }

    @Test
    void shouldSayWhatOfASessionIsNotWholeAndFail() throws IOException {
        final RecordedFrames frames = new RecordedFrames(new SessionDirectory(data, ROBOT.sessionName()));
        final RecordedFrames.Frame frame = frames.first("control.state");
        frames.flip(frame, 40, 1);
        try {
            final CommandRun outcome = CommandRun.of("verify", "--data", data.toString());

            assertThat(outcome.exitCode()).isEqualTo(NodeCommand.EXIT_FAILURE);
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out().lines())
                    .anyMatch(
                            line -> line.matches("error   control.state recording \\d+ at 0\\.\\.\\d+: CRC32C mismatch:"
                                    + " 1 message \\(sequence 0\\) lost"))
                    .last()
                    .asString()
                    .isEqualTo("NOT WHOLE: 1 error, 1 message lost without a stated reason");
            final CommandRun json = CommandRun.of("verify", "--json", "--data", data.toString());
            assertThat(json.exitCode()).isEqualTo(NodeCommand.EXIT_FAILURE);
            assertThat(json.out())
                    .contains(
                            "\"ok\":false",
                            "\"severity\":\"error\",\"kind\":\"DAMAGED_FRAME\",\"stream\":\"control.state\"",
                            "\"fromPosition\":0,\"toPosition\":" + frame.nextPosition() + ",\"fromTimeNs\":null",
                            "\"firstSequence\":0,\"lastSequence\":0");
        } finally {
            frames.flip(frame, 40, 1);
        }
    }

    private static List<String> withoutSession(final List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceFirst("\"sessionId\":-?[0-9]+", ""))
                .toList();
    }

    @Test
    void shouldRefuseOptionsThatCannotMeanAnything() throws IOException {
        final String file = Files.writeString(data.resolve("file"), "").toString();

        assertRefused("count=-1: must be 1 or more", "dump", "--count", "-1", "--data", data.toString());
        assertRefused("count=0: must be 1 or more", "dump", "--count", "0", "--data", data.toString());
        assertRefused("session=: must be the beginning", "dump", "--session", "", "--data", data.toString());
        assertRefused("must be a number from 0.1 to 1000", "replay", "--speed", "0.05", "--data", data.toString());
        assertRefused("must be a number from 0.1 to 1000", "replay", "--speed", "fast", "--data", data.toString());
        assertRefused("must be before --to", "replay", "--from", "9s", "--to", "5s", "--data", data.toString());
        assertRefused("await-readers=-1: must be 0 to", "replay", "--await-readers=-1", "--data", data.toString());
        assertRefused("data=" + file + ": must be a directory", "sessions", "--data", file);
        assertRefused("data=" + file + ": must be a directory", "info", "--data", file);
    }

    @Test
    void shouldListNoSessionsOfADirectoryThatIsNotThereYet() {
        final CommandRun outcome =
                CommandRun.of("sessions", "--data", data.resolve("nowhere").toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).contains("no sessions in " + data.resolve("nowhere"));
    }

    @Test
    void shouldReadWithItsOwnSchemaWhenTheSessionsIsDamaged() throws IOException, InterruptedException {
        final SessionDirectory directory = new SessionDirectory(data, ROBOT.sessionName());
        final byte[] good = Files.readAllBytes(directory.schema());
        final List<String> lines = ROBOT.run(data, "dump", "--stream", "control.state", "--count", "5");
        try {
            for (final int lengthBytes : new int[] {0, 100, good.length / 2, good.length - 1}) {
                Files.write(directory.schema(), Arrays.copyOf(good, lengthBytes));
                assertThat(ROBOT.run(data, "dump", "--stream", "control.state", "--count", "5"))
                        .as("%d bytes", lengthBytes)
                        .isEqualTo(lines);
            }
        } finally {
            Files.write(directory.schema(), good);
        }
    }

    private static void assertRefused(final String text, final String... arguments) {
        final CommandRun outcome = CommandRun.of(arguments);
        assertThat(outcome.exitCode()).isEqualTo(NodeCommand.EXIT_USAGE);
        assertThat(outcome.err()).contains(text).doesNotContain("\tat ");
    }

    @Test
    void shouldEndQuietlyWhenTheReaderOfItsOutputHasHadEnough() throws IOException, InterruptedException {
        final Process dump = ROBOT.launch("dump", "--data", data.toString(), "--stream", "control.state");
        try (BufferedReader reader = dump.inputReader(StandardCharsets.UTF_8)) {
            assertThat(reader.readLine()).startsWith("{\"stream\":\"control.state\"");
        }
        assertThat(dump.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(dump.exitValue()).isZero();
    }

    @Test
    void shouldReplayBesideTheRobotAndSayHowItWent() throws IOException, InterruptedException {
        final List<String> lines = ROBOT.run(data, "replay", "--json", "--speed", "max", "--stream", "control.state");

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0))
                .contains("\"session\":\"" + ROBOT.sessionName() + '"')
                .contains("\"name\":\"control.state\",\"replay\":\"replay.control.state\",\"messages\":" + MESSAGES)
                .contains("\"lost\":0")
                .contains("\"latenessUs\":null");
    }

    @Test
    void shouldRefuseToReplayStreamsThatHoldNothing() throws IOException, InterruptedException {
        final Process replay = ROBOT.launch(
                "replay", "--stream", "operator.command", "--name", TestRobot.NAME, "--data", data.toString());

        assertThat(replay.waitFor()).isEqualTo(NodeCommand.EXIT_USAGE);
    }

    @Test
    void shouldSayWhenNothingLiesInTheRange() throws IOException, InterruptedException {
        final List<String> lines = ROBOT.run(data, "replay", "--from", "1h");

        assertThat(lines).last().asString().contains("0 messages, 0 lost");
    }

    @Test
    void shouldPrintAsManyLinesAsMessagesWereRecorded() throws IOException, InterruptedException {
        assertThat(ROBOT.run(data, "dump", "--stream", "control.state")).hasSize(MESSAGES);
    }

    @Test
    void shouldSaySoWhenNoRobotRuns() {
        final CommandRun outcome = CommandRun.of("status", "--name", "nobody-runs-this");

        assertThat(outcome.exitCode()).isEqualTo(NodeCommand.EXIT_FAILURE);
        assertThat(outcome.err()).contains("no session runs");
    }
}
