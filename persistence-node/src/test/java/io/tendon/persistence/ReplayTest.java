package io.tendon.persistence;

import static io.tendon.persistence.RecordedSession.MESSAGES;
import static io.tendon.persistence.RecordedSession.PATIENCE_NS;
import static io.tendon.persistence.RecordedSession.assertSame;
import static io.tendon.persistence.RecordedSession.config;
import static io.tendon.persistence.RecordedSession.count;
import static io.tendon.persistence.RecordedSession.modified;
import static io.tendon.persistence.RecordedSession.recorded;
import static io.tendon.persistence.RecordedSession.replay;
import static io.tendon.persistence.RecordedSession.streamsRecorded;
import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.persistence.replay.ReplayReport;
import io.tendon.persistence.replay.ReplayRun;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.TimeRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays, on real drivers and archives: every payload, once, in order. */
class ReplayTest {
    @TempDir
    private static Path data = Path.of("unset");

    private static @Nullable RecordedSession session;
    private static SessionDirectory directory = new SessionDirectory(Path.of("unset"), "unset");

    private final List<String> warnings = new ArrayList<>();

    @BeforeAll
    static void record() throws IOException, InterruptedException {
        final RecordedSession recorded = new RecordedSession(data);
        session = recorded;
        directory = recorded.directory();
    }

    @AfterAll
    static void stopRobot() {
        CloseHelper.close(session);
    }

    @Test
    void shouldRecordTwoLivesWithAnOverlapOrTheseTestsShowNothing() {
        final List<RecordingDescriptor> recordings = ArchiveCatalog.recordings(directory.archive()).stream()
                .filter(recording -> recording.streamId() == StreamCatalog.CONTROL_STATE.streamId())
                .toList();

        assertThat(recordings.stream().map(RecordingDescriptor::sessionId).distinct())
                .hasSize(2);
        assertThat(recordings.size()).isGreaterThanOrEqualTo(4);
        assertThat(recordings)
                .anySatisfy(one -> assertThat(recordings)
                        .anyMatch(other -> other.recordingId() > one.recordingId()
                                && other.sessionId() == one.sessionId()
                                && other.startPosition() < one.stopPosition()));
    }

    @Test
    void shouldGiveEveryPayloadOnceInOrderWithTheRobotOff(@TempDir final Path runtime) throws IOException {
        final Map<Path, Long> before = modified(directory);
        final Map<String, List<byte[]>> heard =
                replay(new RuntimeDirectory("off", runtime), directory, TimeRange.ALL, warnings);

        assertSame(heard, recorded(directory, TimeRange.ALL));
        assertThat(heard.getOrDefault("control.state", List.of()).size()).isEqualTo(4 * MESSAGES);
        assertThat(warnings).noneMatch(line -> line.contains("damaged"));
        assertThat(modified(directory)).as("the session is only read").isEqualTo(before);
        assertThat(runtime.resolve("replay")).doesNotExist();
        assertThat(runtime.resolve("session.properties")).doesNotExist();
    }

    @Test
    void shouldGiveJustTheRange(@TempDir final Path runtime) throws IOException {
        final Session session = Session.open(directory);
        final long lengthNs = session.manifest().endedNs() - session.manifest().startedNs();
        final TimeRange range = new TimeRange(
                session.manifest().startedNs() + lengthNs / 4,
                session.manifest().startedNs() + 3 * lengthNs / 4);

        final Map<String, List<byte[]>> heard =
                replay(new RuntimeDirectory("range", runtime), directory, range, warnings);

        assertThat(recorded(directory, range)
                        .getOrDefault("control.state", List.of())
                        .size())
                .isBetween(1, 4 * MESSAGES - 1);
        assertSame(heard, recorded(directory, range));
    }

    @Test
    void shouldReplayWithNobodyListening(@TempDir final Path runtime) throws IOException {
        final ReplayReport report = new ReplayRun(
                        config(new RuntimeDirectory("alone", runtime), directory, TimeRange.ALL, false, 0, PATIENCE_NS),
                        warnings::add)
                .run(() -> false, RecordedSession.Looker.ABSENT);

        assertThat(report.messages()).isEqualTo(count(recorded(directory, TimeRange.ALL)));
        assertThat(report.lost()).isZero();
    }

    @Test
    void shouldGiveTheSameAgainWhenItLoops(@TempDir final Path runtime) throws IOException {
        final Map<String, List<byte[]>> once = recorded(directory, TimeRange.ALL);
        final long messages = count(once);
        final RuntimeDirectory robot = new RuntimeDirectory("loop", runtime);
        final RecordedSession.Looker looker = new RecordedSession.Looker();
        final ReplayEars ears = new ReplayEars(robot);
        try (ears) {
            new ReplayRun(
                            config(robot, directory, TimeRange.ALL, true, streamsRecorded(directory), PATIENCE_NS),
                            warnings::add)
                    .run(() -> looker.messages() > 3 * messages, looker);
        }

        assertThat(ears.jumps()).isGreaterThanOrEqualTo(2 * once.size());
        assertThat(ears.gaps()).as("a loop is no loss").isZero();
        once.forEach((stream, payloads) -> {
            final List<byte[]> heard = ears.heard().getOrDefault(stream, List.of());
            assertThat(heard.size()).as(stream).isGreaterThanOrEqualTo(2 * payloads.size());
            for (int i = 0; i < heard.size(); i++) {
                assertThat(heard.get(i)).as("%s %d", stream, i).isEqualTo(payloads.get(i % payloads.size()));
            }
        });
    }

    @Test
    void shouldDisturbNeitherWriterNorRecorderWhenItRunsBesideThem(@TempDir final Path otherData)
            throws IOException, InterruptedException {
        try (TestRobot robot = new TestRobot()) {
            final AtomicBoolean isEnding = new AtomicBoolean();
            final Process recorder = robot.launchRecorder(otherData);
            try (TestWriter writer = new TestWriter(robot.connect(NodeId.CONTROL), StreamCatalog.CONTROL_STATE)) {
                final Thread writing = new Thread(() -> writer.publishUntil(isEnding, 1_000_000L), "writer");
                writing.start();
                robot.awaitRecorded(StreamCatalog.CONTROL_STATE, 100);
                final Map<String, List<byte[]>> heard = replay(robot.runtime(), directory, TimeRange.ALL, warnings);
                assertSame(heard, recorded(directory, TimeRange.ALL));

                // The session that is being recorded, as far as it has come.
                final SessionDirectory live = new SessionDirectory(otherData, robot.sessionName());
                final Map<String, List<byte[]>> present = replay(robot.runtime(), live, TimeRange.ALL, warnings);
                isEnding.set(true);
                writing.join();
                robot.awaitRecorded(StreamCatalog.CONTROL_STATE, writer.sent());

                final List<byte[]> all = recorded(live, TimeRange.ALL).getOrDefault("control.state", List.of());
                final List<byte[]> soFar = present.getOrDefault("control.state", List.of());
                assertThat(soFar.size()).isBetween(100, all.size());
                for (int i = 0; i < soFar.size(); i++) {
                    assertThat(soFar.get(i)).as("%d", i).isEqualTo(all.get(i));
                }
                assertThat(all.size()).as("nothing of a replay is recorded").isEqualTo((int) writer.sent());
                assertThat(writer.refused()).isZero();
            }
            assertThat(warnings).anyMatch(line -> line.contains("is being recorded"));
            recorder.destroy();
            assertThat(recorder.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(recorder.exitValue()).isZero();
        }
    }
}
