package io.tendon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.ProcessLock;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.persistence.session.SessionLock;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.TimeRange;
import io.tendon.sessionlog.repair.Mutation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repairs what a real recorder has made, and nothing that it is making. */
class RepairOfRecorderTest {
    @TempDir
    private Path data = Path.of("unset");

    @Test
    void shouldLeaveASessionWhoseRecorderWasKilledAndMakeADamagedOneReplayable(@TempDir final Path runtime)
            throws IOException, InterruptedException {
        try (RecordedSession session = new RecordedSession(data)) {
            final SessionDirectory directory = session.directory();
            final CommandRun whole = CommandRun.of("repair", "--data", data.toString());
            assertThat(whole.exitCode()).as(whole.out() + whole.err()).isZero();
            assertThat(whole.out()).isEqualTo(directory.sessionId() + "  nothing to repair\n");
            final long messages = RecordedSession.count(RecordedSession.recorded(directory, TimeRange.ALL));
            for (final RecordingDescriptor recording : ArchiveCatalog.recordings(directory.archive())) {
                if (recording.streamId() == StreamCatalog.CONTROL_STATE.streamId()
                        && recording.stopPosition() - recording.startPosition() > 100_000) {
                    final long base = recording.segmentBasePosition(recording.startPosition());
                    final Path segment = recording.segmentFile(directory.archive(), base);
                    new Mutation(
                                    Mutation.Kind.ZERO_PAGE,
                                    segment,
                                    (recording.startPosition() - base + 40_000) / 4096 * 4096,
                                    0)
                            .apply();
                }
            }

            final CommandRun repair = CommandRun.of("repair", "--data", data.toString());

            assertThat(repair.exitCode()).as(repair.out() + repair.err()).isZero();
            assertThat(repair.out()).contains("lost    control.state recording");
            final Map<String, List<byte[]>> left = RecordedSession.recorded(directory, TimeRange.ALL);
            assertThat(RecordedSession.count(left)).isBetween(messages / 2, messages - 1);
            final List<String> warnings = new ArrayList<>();
            RecordedSession.assertSame(
                    RecordedSession.replay(
                            new RuntimeDirectory("repaired", runtime), directory, TimeRange.ALL, warnings),
                    left);
            assertThat(warnings).noneMatch(line -> line.contains("damaged"));
        }
    }

    @Test
    void shouldRefuseASessionThatIsBeingRecorded() throws IOException, InterruptedException {
        try (TestRobot robot = new TestRobot();
                TestWriter writer = new TestWriter(robot.connect(NodeId.CONTROL), StreamCatalog.CONTROL_EVENT)) {
            final Process recorder = robot.launchRecorder(data);
            writer.publish(10);
            robot.awaitRecorded(StreamCatalog.CONTROL_EVENT, 10);

            for (final String[] arguments : new String[][] {{"repair"}, {"repair", "--dry-run"}}) {
                final CommandRun refused = robot.outcome(data, arguments);
                assertThat(refused.exitCode()).as(refused.out()).isEqualTo(1);
                assertThat(refused.err()).contains("is being recorded", "stop the robot first");
            }
            recorder.destroyForcibly();
            recorder.waitFor();

            // As from another machine, which sees no robot of this one and no process.
            final CommandRun elsewhere = CommandRun.of("repair", "--data", data.toString());
            assertThat(elsewhere.exitCode()).isEqualTo(1);
            assertThat(elsewhere.err()).contains("may be recorded at this moment", "less than 60 s ago");
            // Here its lock says that nobody records it.
            final CommandRun repair = robot.outcome(data, "repair");
            assertThat(repair.exitCode()).as(repair.out() + repair.err()).isZero();
        }
    }

    @Test
    void shouldRefuseASessionWhoseRecorderStartsAgainOrThatIsChangedBySomebodyElse()
            throws IOException, InterruptedException {
        try (TestRobot robot = new TestRobot()) {
            final Process recorder = robot.launchRecorder(data);
            recorder.destroyForcibly();
            recorder.waitFor();
            final SessionDirectory directory = new SessionDirectory(data, robot.sessionName());

            try (ProcessLock starting = RecorderLock.acquire(robot.runtime())) {
                assertThat(robot.outcome(data, "repair").err()).contains("is being recorded by robot test");
            }
            try (ProcessLock other = SessionLock.tryAcquire(directory).orElseThrow()) {
                assertThat(robot.outcome(data, "repair").err())
                        .contains("is being repaired already, or a recorder makes room in it");
            }
            final CommandRun repair = robot.outcome(data, "repair");
            assertThat(repair.exitCode()).as(repair.out() + repair.err()).isZero();
        }
    }

    @Test
    void shouldRefuseANameThatIsNone() {
        for (final String name : new String[] {"", " "}) {
            final CommandRun repair = CommandRun.of("repair", "--data", data.toString(), "--session", name);
            assertThat(repair.exitCode()).isEqualTo(2);
            assertThat(repair.err()).contains("must be the beginning of a session's id");
        }
    }
}
