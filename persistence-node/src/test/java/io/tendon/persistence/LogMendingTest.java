package io.tendon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.archive.client.AeronArchive;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.persistence.session.LogMending;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.CatalogFile;
import io.tendon.sessionlog.recording.Damage;
import io.tendon.sessionlog.recording.PurgeLedger;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingEnd;
import io.tendon.sessionlog.recording.RecordingReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mends what a recorder that was really killed has left, made worse. */
class LogMendingTest {
    private static final int MESSAGES = 300;

    @TempDir
    private Path data = Path.of("unset");

    private final TestRobot robot = new TestRobot();

    @AfterEach
    void stopRobot() {
        robot.close();
    }

    @Test
    void shouldCutOffATornTailAndRecordOnWhenStartedAgain() throws IOException, InterruptedException {
        final SessionDirectory directory = new SessionDirectory(data, robot.sessionName());
        try (TestWriter writer = new TestWriter(robot.connect(NodeId.CONTROL), StreamCatalog.CONTROL_EVENT)) {
            recordAndKill(writer);
            tear(directory.archive());

            recordOn(writer);
        }

        final List<Damage> damages = new ArrayList<>();
        int messages = 0;
        for (final RecordingDescriptor recording : ArchiveCatalog.recordings(directory.archive())) {
            if (recording.streamId() == StreamCatalog.CONTROL_EVENT.streamId()) {
                try (RecordingReader reader = new RecordingReader(directory.archive(), recording, damages::add)) {
                    while (reader.next()) {
                        messages++;
                    }
                }
            }
        }
        assertThat(damages).isEmpty();
        assertThat(messages).isEqualTo(2 * MESSAGES);
    }

    @Test
    void shouldMendTheLastSegmentAndRecordOnWhenTheFirstOneWasDeletedToMakeRoom()
            throws IOException, InterruptedException {
        final SessionDirectory directory = new SessionDirectory(data, robot.sessionName());
        final KilledSession session = new KilledSession(directory, "behind a deleted segment");
        try (KilledRobot speaker = new KilledRobot(robot, true)) {
            speaker.start();
            final Process first = robot.launchRecorder(data);
            speaker.roll(2);
            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> speaker.rolls() >= 2);
            robot.awaitRecorded(StreamCatalog.CONTROL_STATE, robot.recorded(StreamCatalog.CONTROL_STATE) + MESSAGES);
            first.destroyForcibly();
            first.waitFor();
            final RecordingDescriptor killed = recording(directory.archive(), StreamCatalog.CONTROL_STATE);
            final RecordingEnd end = RecordingEnd.find(directory.archive(), killed);
            assertThat(end.basePosition()).isEqualTo(2L * killed.segmentLengthBytes());
            new PurgeLedger(directory.archive())
                    .add(new PurgedSegment(killed.recordingId(), 0, killed.segmentLengthBytes(), 1, 0, 0, 0, 0));
            Files.delete(killed.segmentFile(directory.archive(), 0));
            final Path last = killed.segmentFile(directory.archive(), end.basePosition());
            try (FileChannel file = FileChannel.open(last, StandardOpenOption.WRITE)) {
                file.write(
                        ByteBuffer.wrap("torn".repeat(100).getBytes(StandardCharsets.US_ASCII)),
                        end.position() - end.basePosition());
            }

            final Process second = robot.launchRecorder(data);
            robot.awaitRecorded(StreamCatalog.CONTROL_STATE, robot.recorded(StreamCatalog.CONTROL_STATE) + MESSAGES);
            speaker.stop();
            second.destroy();
            assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(session.checkLog(speaker.states(), StreamCatalog.CONTROL_STATE.streamId(), speaker.recorded()))
                    .isGreaterThan(MESSAGES);
            assertThat(recording(directory.archive(), StreamCatalog.CONTROL_STATE)
                            .stopPosition())
                    .isEqualTo(end.position());
        }
    }

    @Test
    void shouldOpenALogWithARecordingThatWasKilledAtTheEdgeOfAPageBeforeItsFirstFrame()
            throws IOException, InterruptedException {
        final SessionDirectory directory = new SessionDirectory(data, robot.sessionName());
        try (TestWriter writer = new TestWriter(robot.connect(NodeId.CONTROL), StreamCatalog.CONTROL_EVENT)) {
            recordAndKill(writer);
            final RecordingDescriptor begun = addBegun(directory.archive(), 8192);

            recordOn(writer);
            assertThat(ArchiveCatalog.recordings(directory.archive()))
                    .filteredOn(recording -> recording.recordingId() == begun.recordingId())
                    .extracting(RecordingDescriptor::stopPosition)
                    .containsExactly(begun.startPosition());
        }
    }

    private void recordAndKill(final TestWriter writer) throws IOException, InterruptedException {
        final Process recorder = robot.launchRecorder(data);
        writer.publish(MESSAGES);
        robot.awaitRecorded(StreamCatalog.CONTROL_EVENT, MESSAGES);
        recorder.destroyForcibly();
        recorder.waitFor();
    }

    /** Records as many messages again, and ends in order. */
    private void recordOn(final TestWriter writer) throws IOException, InterruptedException {
        final Process recorder = robot.launchRecorder(data);
        writer.publish(MESSAGES);
        robot.awaitRecorded(StreamCatalog.CONTROL_EVENT, 2 * MESSAGES);
        recorder.destroy();
        assertThat(recorder.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(recorder.exitValue()).isZero();
    }

    /** One more recording that was begun, with the file that the archive has made for it, and nothing in it. */
    private static RecordingDescriptor addBegun(final Path archiveDir, final long startPosition) throws IOException {
        final List<RecordingDescriptor> recordings = new ArrayList<>(ArchiveCatalog.recordings(archiveDir));
        final RecordingDescriptor like = recording(archiveDir);
        final RecordingDescriptor begun = new RecordingDescriptor(
                recordings.size(),
                like.streamId(),
                like.sessionId() + 1,
                startPosition,
                AeronArchive.NULL_POSITION,
                like.startTimeMs(),
                AeronArchive.NULL_TIMESTAMP,
                like.initialTermId(),
                like.segmentLengthBytes(),
                like.termLengthBytes(),
                like.mtuLengthBytes(),
                like.channel(),
                true,
                List.of());
        recordings.add(begun);
        CatalogFile.write(archiveDir, recordings);
        try (RandomAccessFile file =
                new RandomAccessFile(begun.segmentFile(archiveDir, 0).toFile(), "rw")) {
            file.setLength(begun.segmentLengthBytes());
        }
        return begun;
    }

    @Test
    void shouldLeaveAGoodLogAsItIs() throws IOException, InterruptedException {
        final SessionDirectory directory = new SessionDirectory(data, robot.sessionName());
        try (TestWriter writer = new TestWriter(robot.connect(NodeId.CONTROL), StreamCatalog.CONTROL_EVENT)) {
            recordAndKill(writer);
        }
        final Path segment = segment(directory.archive());
        final byte[] before = Files.readAllBytes(segment);

        assertThat(LogMending.mend(directory.archive()))
                .noneMatch(line -> line.contains(StreamCatalog.CONTROL_EVENT.name()));

        assertThat(Files.readAllBytes(segment)).isEqualTo(before);
    }

    /** Writes what a torn write may leave behind the last frame: bytes of any kind. */
    private static void tear(final Path archiveDir) throws IOException {
        final long seed = System.nanoTime();
        final byte[] garbage = new byte[10_000];
        new Random(seed).nextBytes(garbage);
        final RecordingDescriptor recording = recording(archiveDir);
        long endPosition = 0;
        try (RecordingReader reader = new RecordingReader(archiveDir, recording, damage -> {})) {
            while (reader.next()) {
                endPosition = reader.message().nextPosition();
            }
        }
        try (FileChannel file = FileChannel.open(segment(archiveDir), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(garbage), endPosition);
        }
        assertThat(LogMending.mend(archiveDir))
                .as("seed=%d", seed)
                .contains("event=log-mended recording=" + recording.recordingId() + " stream=control.event position="
                        + endPosition);
        try (FileChannel file = FileChannel.open(segment(archiveDir), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(garbage), endPosition);
        }
    }

    private static RecordingDescriptor recording(final Path archiveDir) {
        return recording(archiveDir, StreamCatalog.CONTROL_EVENT);
    }

    /** The first recording of a stream. */
    private static RecordingDescriptor recording(final Path archiveDir, final StreamDescriptor stream) {
        return ArchiveCatalog.recordings(archiveDir).stream()
                .filter(recording -> recording.streamId() == stream.streamId())
                .findFirst()
                .orElseThrow();
    }

    private static Path segment(final Path archiveDir) {
        return recording(archiveDir).segmentFile(archiveDir, 0);
    }
}
