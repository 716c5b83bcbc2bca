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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.protocol.DataHeaderFlyweight;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.ProcessLock;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.driver.EmbeddedDriver;
import io.tendon.bus.subscribe.ReplayHandler;
import io.tendon.bus.subscribe.ReplaySubscriber;
import io.tendon.persistence.replay.ReplayConfig;
import io.tendon.persistence.replay.ReplayControl;
import io.tendon.persistence.replay.ReplayReport;
import io.tendon.persistence.replay.ReplayRun;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingEnd;
import io.tendon.sessionlog.recording.RecordingReader;
import io.tendon.sessionlog.recording.TimeRange;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.LangUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays of what is torn, damaged, held up or taken already. */
class ReplayFaultsTest {
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
    void shouldReplayUpToTheLastGoodMessageWhenTheRecorderWasKilled(
            @TempDir final Path runtime, @TempDir final Path otherData) throws IOException, InterruptedException {
        try (TestRobot robot = new TestRobot()) {
            final SessionDirectory killed = new SessionDirectory(otherData, robot.sessionName());
            try (TestWriter writer = new TestWriter(robot.connect(NodeId.CONTROL), StreamCatalog.CONTROL_STATE)) {
                final Process recorder = robot.launchRecorder(otherData);
                writer.publish(MESSAGES);
                robot.awaitRecorded(StreamCatalog.CONTROL_STATE, MESSAGES);
                recorder.destroyForcibly();
                recorder.waitFor();
            }
            final RecordingDescriptor torn = ArchiveCatalog.recordings(killed.archive()).stream()
                    .filter(recording -> recording.streamId() == StreamCatalog.CONTROL_STATE.streamId())
                    .findFirst()
                    .orElseThrow();
            assertThat(torn.isOpen()).isTrue();
            tear(killed, torn);
            final Map<Path, Long> before = modified(killed);

            final Map<String, List<byte[]>> heard =
                    replay(new RuntimeDirectory("killed", runtime), killed, TimeRange.ALL, warnings);

            assertSame(heard, recorded(killed, TimeRange.ALL));
            assertThat(heard.getOrDefault("control.state", List.of()).size()).isEqualTo(MESSAGES);
            assertThat(warnings)
                    .anyMatch(line -> line.contains("stream=control.state: was not closed; replayed up to"));
            assertThat(modified(killed)).as("the session is only read").isEqualTo(before);
        }
    }

    @Test
    void shouldSkipWhatIsDamagedAndSayIt(@TempDir final Path runtime, @TempDir final Path otherData)
            throws IOException, InterruptedException {
        final SessionDirectory damaged = copy(otherData);
        final RecordingDescriptor last = ArchiveCatalog.recordings(damaged.archive()).stream()
                .filter(recording -> recording.streamId() == StreamCatalog.CONTROL_STATE.streamId())
                .max(Comparator.comparingLong(RecordingDescriptor::recordingId))
                .orElseThrow();
        final List<Long> positions = positions(damaged, last);
        final Path segment = last.segmentFile(damaged.archive(), 0);
        // In the payload, which the archive notices; in the header's term offset, which it does not; and two in a row.
        flip(segment, positions.get(1_000) + DataHeaderFlyweight.HEADER_LENGTH + 50);
        flip(segment, positions.get(1_500) + DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET);
        flip(segment, positions.get(2_000) + DataHeaderFlyweight.HEADER_LENGTH);
        flip(segment, positions.get(2_001) + DataHeaderFlyweight.HEADER_LENGTH);

        final ReplayEars ears = new ReplayEars(new RuntimeDirectory("damaged", runtime));
        final ReplayReport report = replayDamaged(ears, damaged);

        assertSame(ears.heard(), recorded(damaged, TimeRange.ALL));
        assertThat(ears.heard().getOrDefault("control.state", List.of()).size()).isEqualTo(4 * MESSAGES - 4);
        assertThat(report.damages()).hasSize(3);
        assertThat(warnings.stream().filter(line -> line.contains("damaged, skipped: recording=" + last.recordingId())))
                .hasSize(3);
    }

    /** The archive reads ahead by blocks: of each of these recordings it gives nothing before it gives up. */
    @Test
    void shouldReplayARecordingWhoseFirstBlockIsDamaged(@TempDir final Path runtime, @TempDir final Path otherData)
            throws IOException, InterruptedException {
        final SessionDirectory damaged = copy(otherData);
        int flipped = 0;
        for (final RecordingDescriptor recording : ArchiveCatalog.recordings(damaged.archive())) {
            final List<Long> positions = positions(damaged, recording);
            if (positions.size() > 2) {
                flip(recording.segmentFile(damaged.archive(), 0), positions.get(1) + DataHeaderFlyweight.HEADER_LENGTH);
                flipped++;
            }
        }
        assertThat(flipped).isGreaterThan(1);

        final ReplayEars ears = new ReplayEars(new RuntimeDirectory("first-block", runtime));
        assertThat(replayDamaged(ears, damaged).damages()).hasSize(flipped);

        assertSame(ears.heard(), recorded(damaged, TimeRange.ALL));
    }

    @Test
    void shouldNotWaitForeverForAReaderThatStandsStill(@TempDir final Path runtime) throws IOException {
        final RuntimeDirectory robot = new RuntimeDirectory("stalled", runtime);
        try (EmbeddedDriver driver = EmbeddedDriver.launch(robot, LangUtil::rethrowUnchecked);
                BusConnection bus = BusConnection.connect(robot, NodeId.SHADOW, LangUtil::rethrowUnchecked, 0);
                ReplaySubscriber stalled = bus.addReplaySubscriber(StreamCatalog.CONTROL_STATE, Deaf.HANDLER)) {
            final ReplayReport report = new ReplayRun(
                            config(robot, directory, TimeRange.ALL, false, 1, TimeUnit.MILLISECONDS.toNanos(100)),
                            warnings::add)
                    .run(() -> false, RecordedSession.Looker.ABSENT);

            assertThat(driver.session().isDriverAlive()).isTrue();
            assertThat(stalled.hasImage()).isTrue();
            assertThat(report.lost()).isPositive();
            assertThat(report.messages() + report.lost()).isEqualTo(count(recorded(directory, TimeRange.ALL)));
        }
        assertThat(warnings)
                .anyMatch(line -> line.contains(
                        "replay.control.state: a reader has not moved for 100ms: " + "shadow.replay.control.state"));
    }

    @Test
    void shouldRefuseASecondReplayOnTheSameRobot(@TempDir final Path runtime) {
        final RuntimeDirectory robot = new RuntimeDirectory("twice", runtime);
        try (ProcessLock lock = ProcessLock.acquire(robot.replayLockFile(), () -> "held")) {
            assertThat(lock).isNotNull();
            final ReplayConfig second = config(robot, directory, TimeRange.ALL, false, 0, PATIENCE_NS);
            assertThatThrownBy(
                            () -> new ReplayRun(second, warnings::add).run(() -> false, RecordedSession.Looker.ABSENT))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("robot twice: another replay runs there")
                    .hasMessageContaining("--name other");
        }
    }

    @Test
    void shouldRefuseADriverOnTheSameRobotWhileItReplays(@TempDir final Path runtime) throws IOException {
        final RuntimeDirectory robot = new RuntimeDirectory("held", runtime);
        final List<String> refusals = new ArrayList<>();
        new ReplayRun(config(robot, directory, TimeRange.ALL, false, 0, PATIENCE_NS), warnings::add)
                .run(() -> false, new RecordedSession.Looker() {
                    @Override
                    public void onBegin(final ReplayControl control) {
                        try (EmbeddedDriver second = EmbeddedDriver.launch(robot, LangUtil::rethrowUnchecked)) {
                            refusals.add("none, session " + second.session().sessionName());
                        } catch (final CommandFailure e) {
                            refusals.add(String.valueOf(e.getMessage()));
                        }
                    }
                });

        assertThat(refusals).hasSize(1).first().asString().contains("robot held: runs already");
    }

    private ReplayReport replayDamaged(final ReplayEars ears, final SessionDirectory damaged) throws IOException {
        try (ears) {
            return new ReplayRun(
                            config(ears.robot(), damaged, TimeRange.ALL, false, streamsRecorded(damaged), PATIENCE_NS),
                            warnings::add)
                    .run(() -> false, RecordedSession.Looker.ABSENT);
        }
    }

    private static SessionDirectory copy(final Path otherData) throws IOException, InterruptedException {
        final SessionDirectory copy = new SessionDirectory(otherData, directory.sessionId());
        Files.createDirectories(copy.root().resolveSibling(""));
        final Process copying = new ProcessBuilder(
                        "cp",
                        "-r",
                        "--sparse=always",
                        directory.root().toString(),
                        copy.root().toString())
                .inheritIO()
                .start();
        assertThat(copying.waitFor()).isZero();
        return copy;
    }

    private static List<Long> positions(final SessionDirectory session, final RecordingDescriptor recording) {
        final List<Long> positions = new ArrayList<>();
        try (RecordingReader reader = new RecordingReader(session.archive(), recording, damage -> {})) {
            while (reader.next()) {
                positions.add(reader.message().position());
            }
        }
        return positions;
    }

    private static void flip(final Path segment, final long offset) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(offset);
            final int value = file.read();
            file.seek(offset);
            file.write(value ^ 1);
        }
    }

    /** Writes what a torn write may leave behind the last message. */
    private static void tear(final SessionDirectory session, final RecordingDescriptor recording) throws IOException {
        final byte[] garbage = new byte[5_000];
        Arrays.fill(garbage, (byte) 0x5A);
        try (RandomAccessFile file =
                new RandomAccessFile(recording.segmentFile(session.archive(), 0).toFile(), "rw")) {
            file.seek(RecordingEnd.find(session.archive(), recording).position());
            file.write(garbage);
        }
    }

    /** Is never called, since nobody polls. */
    private enum Deaf implements ReplayHandler {
        HANDLER;

        @Override
        public void onJump() {
            throw new AssertionError("polled");
        }

        @Override
        public void onMessage(
                final DirectBuffer buffer,
                final int offset,
                final int lengthBytes,
                final int sessionId,
                final long fromPosition,
                final long toPosition) {
            throw new AssertionError("polled");
        }
    }
}
