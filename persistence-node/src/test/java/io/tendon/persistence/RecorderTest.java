package io.tendon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.archive.ArchiveTool;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.errorlog.MappedErrorLog;
import io.tendon.persistence.incident.IncidentConfig;
import io.tendon.persistence.recording.Durability;
import io.tendon.persistence.recording.DurabilityAccount;
import io.tendon.persistence.retention.RetentionConfig;
import io.tendon.persistence.session.SessionKeeper;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.SessionReader;
import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.manifest.SessionManifest.StreamTotal;
import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.sessionlog.recording.Damage;
import io.tendon.sessionlog.recording.TimeRange;
import io.tendon.sessionlog.verify.FindingKind;
import io.tendon.sessionlog.verify.SessionVerifier;
import io.tendon.sessionlog.verify.VerifyReport;
import io.tendon.store.state.StateLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.agrona.concurrent.SystemEpochClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir
    private Path data = Path.of("unset");

    private final TestRobot robot = new TestRobot();

    @AfterEach
    void stopRobot() {
        robot.close();
    }

    @Test
    void shouldHoldEverythingThatWasPublishedOnceTheSessionIsClosed() throws IOException {
        final SessionDirectory directory = new SessionDirectory(data, robot.sessionName());
        final PersistenceConfig config = new PersistenceConfig(
                "test",
                data,
                List.of(),
                Durability.DEFAULT,
                5 * SECOND_NS,
                SECOND_NS,
                true,
                StateLimits.DEFAULT,
                IncidentConfig.DEFAULT,
                RetentionConfig.KEEP_ALL);
        final MappedErrorLog errors = new MappedErrorLog(
                robot.runtime().errorLogFile("persistence"), "persistence", SystemEpochClock.INSTANCE);
        try (BusConnection bus = robot.connect(NodeId.PERSISTENCE)) {
            final SessionKeeper keeper = SessionKeeper.open(
                    directory,
                    List.of(),
                    config.durability().text(),
                    bus.clock().nanoTime());
            try (Recorder recorder =
                    new Recorder(config, robot.runtime(), bus, directory, keeper, new DurabilityAccount(), errors)) {
                recorder.start();
                try (TestWriter first = writer(NodeId.CONTROL);
                        TestWriter second = writer(NodeId.FUSION)) {
                    first.publish(3_000);
                    second.publish(50);
                    assertThat(first.refused() + second.refused()).isZero();
                }
                assertThat(recorder.stop()).isTrue();
            }
            assertThat(errors.count()).isZero();
        }

        final ByteArrayOutputStream description = new ByteArrayOutputStream();
        ArchiveTool.describe(
                new PrintStream(description, true, StandardCharsets.UTF_8),
                directory.archive().toFile());
        assertThat(description.toString(StandardCharsets.UTF_8)).contains("recordingId=0|", "alias=rec.control.event");

        final Session session = Session.open(directory);
        assertThat(session.warnings()).isEmpty();
        assertThat(session.manifest().state()).isEqualTo(SessionState.CLOSED);
        assertThat(session.manifest().recordings()).allMatch(RecordingEntry::isStopped);
        assertThat(total(session, "control.event").messages()).isEqualTo(3_050);
        assertThat(total(session, "control.event").missing()).isZero();
        assertThat(total(session, "persistence.event").messages()).isPositive();
        assertThat(sequences(directory, StreamCatalog.CONTROL_EVENT.streamId())).hasSize(3_050);
        try (CounterView counters = CounterView.open(robot.runtime())) {
            assertThat(counters.stream(BusCounter.RECORDED, NodeId.PERSISTENCE, StreamCatalog.CONTROL_EVENT, -1))
                    .isEqualTo(3_050);
            assertThat(counters.stream(
                            BusCounter.RECORDER_LAG_BYTES, NodeId.PERSISTENCE, StreamCatalog.CONTROL_EVENT, -1))
                    .isZero();
        }
    }

    @Test
    void shouldMissNothingWhenTheRecorderIsKilledAndStartedAgain() throws IOException, InterruptedException {
        final AtomicBoolean end = new AtomicBoolean();
        try (TestWriter writer = writer(NodeId.CONTROL)) {
            Process recorder = robot.launchRecorder(data);
            final Thread thread = new Thread(() -> writer.publishUntil(end, 1_000_000), "writer");
            thread.start();
            for (int kill = 0; kill < 2; kill++) {
                robot.awaitRecorded(StreamCatalog.CONTROL_EVENT, 500L * (kill + 1));
                recorder.destroyForcibly();
                recorder.waitFor();
                recorder = robot.launchRecorder(data);
            }
            robot.awaitRecorded(StreamCatalog.CONTROL_EVENT, 1_500);
            end.set(true);
            thread.join();
            assertThat(writer.refused()).isZero();

            recorder.destroy();
            assertThat(recorder.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(recorder.exitValue()).isZero();

            final SessionDirectory directory = new SessionDirectory(data, robot.sessionName());
            final Session session = Session.open(directory);
            assertThat(session.manifest().state()).isEqualTo(SessionState.CLOSED);
            assertThat(total(session, "control.event").messages()).isEqualTo(writer.sent());
            assertThat(total(session, "control.event").missing()).isZero();
            assertThat(total(session, "control.event").recordings()).isGreaterThanOrEqualTo(3);
            assertThat(sequences(directory, StreamCatalog.CONTROL_EVENT.streamId()))
                    .containsExactlyElementsOf(
                            LongStream.range(0, writer.sent()).boxed().toList());
            final VerifyReport report = SessionVerifier.verify(session);
            assertThat(report.isOk()).isTrue();
            assertThat(report.missingExplained()).isZero();
        }
    }

    @Test
    void shouldRefuseASecondRecorderOfOneRobot() throws IOException, InterruptedException {
        final Process first = robot.launchRecorder(data);
        try {
            final Process second = robot.launch("run", "--name", "test", "--data", data.toString());
            assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isEqualTo(1);
            assertThat(first.isAlive()).isTrue();
        } finally {
            first.destroy();
            first.waitFor();
        }
    }

    @Test
    void shouldAnswerFromFilesWhileTheRobotRunsAndWhenItIsOff() throws IOException, InterruptedException {
        final Process recorder = robot.launchRecorder(data);
        try (TestWriter writer = writer(NodeId.CONTROL)) {
            writer.publish(200);
            robot.awaitRecorded(StreamCatalog.CONTROL_EVENT, 200);
        }
        assertThat(robot.run(data, "dump", "--stream", "control.event")).hasSize(200);
        assertThat(robot.run(data, "sessions", "--json"))
                .singleElement()
                .asString()
                .contains("\"state\":\"OPEN\"");
        recorder.destroy();
        assertThat(recorder.waitFor(20, TimeUnit.SECONDS)).isTrue();

        final List<String> lines = robot.run(data, "dump", "--stream", "control.event", "--count", "10");
        assertThat(lines).hasSize(10).allMatch(line -> line.contains("\"message\":\"JointState\""));
        assertThat(lines.get(9)).contains("\"stamp\":{\"sequence\":9,");
        assertThat(robot.run(data, "sessions", "--json"))
                .singleElement()
                .asString()
                .startsWith("[{\"id\":\"" + robot.sessionName() + "\",\"startedAt\":\"")
                .contains("\"state\":\"CLOSED\"")
                .contains("{\"name\":\"control.event\",\"messages\":200,\"bytes\":");
        assertThat(robot.run(data, "dump", "--stream", "control.event", "--to", "0s"))
                .isEmpty();
        assertThat(robot.run(data, "dump", "--stream", "control.event", "--from", "0s"))
                .hasSize(200);
        assertThat(robot.run(data, "info", "--session", robot.sessionName().substring(0, 8)))
                .isNotEmpty();
    }

    @Test
    void shouldRestartARecordingThatWasLeftBehindAndSayWhatIsMissing() throws IOException, InterruptedException {
        final AtomicBoolean end = new AtomicBoolean();
        final Process recorder = robot.launchRecorder(data);
        try (TestWriter writer = writer(NodeId.CONTROL)) {
            writer.publish(100);
            robot.awaitRecorded(StreamCatalog.CONTROL_EVENT, 100);
            TestRobot.signal(recorder, "STOP");
            // Three quarters of the window behind, then wait for the driver to let go of the recorder.
            writer.publish(2_900);
            final Thread thread = new Thread(() -> writer.publishUntil(end, 4_000_000), "writer");
            thread.start();
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> writer.sent() > 3_500);
            TestRobot.signal(recorder, "CONT");
            robot.awaitCounter(BusCounter.RECORDINGS_RESTARTED, 1);
            final long recordedBefore = robot.recorded(StreamCatalog.CONTROL_EVENT);
            robot.awaitRecorded(StreamCatalog.CONTROL_EVENT, recordedBefore + 100);
            end.set(true);
            thread.join();
            assertThat(writer.refused()).isZero();

            recorder.destroy();
            assertThat(recorder.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(recorder.exitValue()).as("not all is recorded").isEqualTo(1);

            final SessionDirectory directory = new SessionDirectory(data, robot.sessionName());
            final StreamTotal total = total(Session.open(directory), "control.event");
            assertThat(total.recordings()).isEqualTo(2);
            assertThat(total.missing()).isPositive();
            assertThat(total.messages() + total.missing()).isEqualTo(writer.sent());
            assertThat(robot.run(data, "dump", "--stream", "persistence.event"))
                    .anyMatch(line -> line.contains("\"message\":\"Loss\"") && line.contains("RECORDING_GAP"))
                    .anyMatch(line -> line.contains("RECORDING_STOPPED") && line.contains("unasked"));
            final VerifyReport report = SessionVerifier.verify(Session.open(directory));
            assertThat(report.isOk()).as("%s", report.findings()).isTrue();
            assertThat(report.missingExplained()).isEqualTo(total.missing());
            assertThat(report.findings())
                    .anyMatch(finding -> finding.kind() == FindingKind.EXPLAINED_LOSS
                            && finding.text().contains("the recorder did not see them (RECORDING_GAP)"));
        }
    }

    @Test
    void shouldCountWhatWasPublishedBehindTheEndOfTheRecording() throws IOException, InterruptedException {
        final AtomicBoolean end = new AtomicBoolean();
        final Process recorder = robot.launchRecorder(data);
        try (TestWriter writer = writer(NodeId.CONTROL)) {
            writer.publish(100);
            robot.awaitRecorded(StreamCatalog.CONTROL_EVENT, 100);
            TestRobot.signal(recorder, "STOP");
            writer.publish(2_900);
            final Thread thread = new Thread(() -> writer.publishUntil(end, 4_000_000), "writer");
            thread.start();
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> writer.sent() > 3_500);
            // No message comes after the loss that could show it.
            end.set(true);
            thread.join();
            TestRobot.signal(recorder, "CONT");
            robot.awaitCounter(BusCounter.RECORDINGS_RESTARTED, 1);

            recorder.destroy();
            assertThat(recorder.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(recorder.exitValue()).isEqualTo(1);

            final Session session = Session.open(new SessionDirectory(data, robot.sessionName()));
            final StreamTotal total = total(session, "control.event");
            assertThat(total.missing()).isPositive();
            assertThat(total.messages() + total.missing()).isEqualTo(writer.sent());
            assertThat(session.manifest().unrecorded()).singleElement().satisfies(tail -> {
                assertThat(tail.streamName()).isEqualTo("control.event");
                assertThat(tail.messages()).isEqualTo(total.missing());
            });
            assertThat(robot.run(data, "info"))
                    .contains(
                            "control.event: the last " + total.missing() + " messages were published and not recorded");
            final VerifyReport report = SessionVerifier.verify(session);
            assertThat(report.isOk()).as("%s", report.findings()).isTrue();
            assertThat(report.missingExplained()).isEqualTo(total.missing());
            assertThat(report.findings())
                    .anyMatch(finding -> finding.kind() == FindingKind.EXPLAINED_LOSS
                            && finding.text().contains("unasked: left behind by its writer"));
            try (CounterView counters = CounterView.open(robot.runtime())) {
                assertThat(counters.stream(BusCounter.GAPS, NodeId.PERSISTENCE, StreamCatalog.CONTROL_EVENT, -1))
                        .isEqualTo(total.missing());
            }
        }
    }

    @Test
    void shouldEndInOrderWhenTheDriverIsGone() throws IOException, InterruptedException {
        final Process recorder = robot.launchRecorder(data);
        try (TestWriter writer = writer(NodeId.CONTROL)) {
            writer.publish(200);
            robot.awaitRecorded(StreamCatalog.CONTROL_EVENT, 200);
        }
        robot.stopDriver();

        assertThat(recorder.waitFor(20, TimeUnit.SECONDS)).isTrue();

        assertThat(recorder.exitValue()).isEqualTo(1);
        final Session session = Session.open(new SessionDirectory(data, robot.sessionName()));
        assertThat(session.manifest().state()).isEqualTo(SessionState.INTERRUPTED);
        assertThat(total(session, "control.event").messages()).isEqualTo(200);
        final VerifyReport report = SessionVerifier.verify(session);
        assertThat(report.isOk()).as("%s", report.findings()).isTrue();
    }

    private TestWriter writer(final NodeId node) {
        return new TestWriter(robot.connect(node), StreamCatalog.CONTROL_EVENT);
    }

    private static StreamTotal total(final Session session, final String stream) {
        return session.manifest().streams().stream()
                .filter(total -> total.name().equals(stream))
                .findFirst()
                .orElseThrow();
    }

    private static List<Long> sequences(final SessionDirectory directory, final int streamId) {
        final List<Long> sequences = new ArrayList<>();
        final List<Damage> damages = new ArrayList<>();
        try (SessionReader reader =
                new SessionReader(directory, stream -> stream == streamId, TimeRange.ALL, damages::add)) {
            while (reader.next()) {
                sequences.add(reader.message().sequence());
            }
        }
        assertThat(damages).isEmpty();
        return sequences;
    }
}
