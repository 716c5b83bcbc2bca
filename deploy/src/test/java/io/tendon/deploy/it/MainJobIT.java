package io.tendon.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.archive.ArchiveTool;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, on the real processes of the built distribution: the arm moves, and all of it is in the recording. */
class MainJobIT {
    private static final int DURATION_S = 14;

    @TempDir
    private static Path data;

    private static Installation installation = new Installation(Path.of("."));
    private static Json report = Json.parse("{}");
    private static String output = "";
    private static int exitCode = -1;

    @BeforeAll
    static void runTheRobot() {
        installation = new Installation(data);
        try (Robot robot = Robot.launch(installation, "it-main", "--duration", DURATION_S + "s")) {
            exitCode = robot.awaitExit();
            output = robot.output();
            report = robot.report();
        }
    }

    @Test
    void shouldRunForTheGivenTimeAndEndWell() {
        assertThat(exitCode).as(output).isZero();
        assertThat(report.decimal("durationS")).isGreaterThanOrEqualTo(DURATION_S);
        for (final String node : new String[] {"driver", "persistence", "fusion", "control"}) {
            assertThat(report.number(report.find("nodes", "name", node) + "exit"))
                    .as(node)
                    .isZero();
        }
        assertThat(output).contains("loop").contains("recorder lag").contains("Look at it:");
    }

    @Test
    void shouldAccountForEveryCycleAndRecordEachThatWasExecuted() {
        final long scheduled = report.number("control.scheduled");
        final long executed = report.number("control.executed");

        assertThat(executed + report.number("control.missed")).isEqualTo(scheduled);
        assertThat(scheduled).isGreaterThanOrEqualTo(1000L * DURATION_S);
        assertThat(recorded("control.state")).isEqualTo(executed);
    }

    @Test
    void shouldPickAndPlaceAtLeastOnce() {
        assertThat(report.number("task.completed")).as(output).isGreaterThanOrEqualTo(1);
        assertThat(report.number("task.failed")).isZero();
    }

    @Test
    void shouldLoseNothingBetweenAnyWriterAndAnyReader() {
        for (final StreamDescriptor stream : StreamCatalog.all()) {
            final String path = report.find("streams", "name", stream.name());
            assertThat(report.number(path + "refused")).as(stream.name()).isZero();
            assertThat(report.number(path + "recorded")).as(stream.name()).isEqualTo(report.number(path + "sent"));
            for (int i = 0; report.values().containsKey(path + "readers[" + i + "].name"); i++) {
                final String reader = path + "readers[" + i + "].";
                assertThat(report.number(reader + "gaps"))
                        .as(reader + report.text(reader + "name"))
                        .isZero();
            }
        }
        // Fusion is the first to stop, so it does not see control's last cycles.
        assertThat(reader("control.state", "fusion"))
                .isBetween(recorded("control.state") - 1_000, recorded("control.state"));
        assertThat(reader("fusion.setpoint", "control")).isPositive();
    }

    @Test
    void shouldFuseAtOneHundredHertz() {
        final double windowsPerS = recorded("fusion.state") / report.decimal("durationS");

        assertThat(windowsPerS).isBetween(95.0, 125.0);
        assertThat(recorded("fusion.setpoint")).isPositive();
    }

    @Test
    void shouldDumpAsManyLinesAsTheReportCounts() {
        final Installation.Outcome dump = installation.run("persistence-node", "dump", "--stream", "control.state");

        assertThat(dump.exitCode()).as(dump.err()).isZero();
        assertThat(dump.lines()).hasSize((int) recorded("control.state"));
        final Json first = Json.parse(dump.lines().get(0));
        assertThat(first.text("message")).isEqualTo("JointState");
        assertThat(first.number("stamp.sequence")).isZero();
        assertThat(first.values())
                .containsKeys("joints[5].position", "joints[5].commandPosition", "imuAccelerationMPerS2.z");
    }

    @Test
    void shouldListTheSessionWithItsStreams() {
        final Installation.Outcome sessions = installation.run("persistence-node", "sessions", "--json");

        assertThat(sessions.exitCode()).as(sessions.err()).isZero();
        final Json json = Json.parse(sessions.out());
        assertThat(json.text("[0].id")).isEqualTo(report.text("session"));
        assertThat(json.text("[0].state")).isEqualToIgnoringCase("closed");
        final String stream = json.find("[0].streams", "name", "control.state");
        assertThat(json.number(stream + "messages")).isEqualTo(recorded("control.state"));
        assertThat(json.number(stream + "bytes")).isGreaterThan(400 * recorded("control.state"));
    }

    @Test
    void shouldLetAeronsOwnToolDescribeEveryRecording() {
        final Path archive =
                data.resolve("sessions").resolve(report.text("session")).resolve("archive");
        final ByteArrayOutputStream described = new ByteArrayOutputStream();

        ArchiveTool.describe(new PrintStream(described, true, StandardCharsets.UTF_8), archive.toFile());

        final String text = described.toString(StandardCharsets.UTF_8);
        for (final StreamDescriptor stream : StreamCatalog.all()) {
            if (recorded(stream.name()) > 0) {
                assertThat(text).contains("streamId=" + stream.streamId());
            }
        }
    }

    @Test
    void shouldKeepWithTheSessionWhatItWasRunWith() {
        final Path session = data.resolve("sessions").resolve(report.text("session"));

        assertThat(session.resolve("config/tendon6.urdf")).isRegularFile();
        assertThat(session.resolve("config/cell.properties")).isRegularFile();
        assertThat(session.resolve("logs/control.log")).isRegularFile();
        assertThat(session.resolve("manifest.properties")).isRegularFile();
    }

    @Test
    void shouldLeaveNoLogBuffersInMemory() {
        final Path runtime = Path.of("/dev/shm", "tendon-" + System.getProperty("user.name") + "-it-main");

        assertThat(runtime.resolve("aeron")).doesNotExist();
        assertThat(Files.exists(runtime.resolve("session.properties"))).isFalse();
    }

    private static long recorded(final String stream) {
        return report.number(report.find("streams", "name", stream) + "recorded");
    }

    private static long reader(final String stream, final String reader) {
        final String path = report.find("streams", "name", stream);
        return report.number(report.find(path + "readers", "name", reader) + "received");
    }
}
