package io.tendon.sessionlog.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.RecordingProgressEncoder;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingReader;
import io.tendon.sessionlog.verify.RecordedSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CutOffTest {
    private static final int MESSAGES = 1_000;
    private static final int FLUSHED = 900;
    private static final long UNHEARD_BYTES = 4_096;

    @TempDir
    private Path directory;

    @Test
    void shouldSayWhatWasNotFlushedAndWhatWasPublishedBehindTheEnd() throws IOException {
        final SessionDirectory killed = new SessionDirectory(directory.resolve("killed"), "20231114-221320-aaaa");
        final long durablePosition;
        final long endPosition;
        try (RecordedArchive archive = new RecordedArchive(directory.resolve("recorder"))) {
            archive.record(StreamCatalog.CONTROL_STATE.streamId(), StreamCatalog.CONTROL_STATE.name(), 1);
            archive.record(StreamCatalog.PERSISTENCE_PROGRESS.streamId(), StreamCatalog.PERSISTENCE_PROGRESS.name(), 1);
            final ExclusivePublication states = archive.publication(StreamCatalog.CONTROL_STATE.streamId());
            final ExclusivePublication progress = archive.publication(StreamCatalog.PERSISTENCE_PROGRESS.streamId());
            for (int i = 0; i < FLUSHED; i++) {
                archive.publish(states, TestMessages.jointState(i));
            }
            durablePosition = states.position();
            for (int i = FLUSHED; i < MESSAGES; i++) {
                archive.publish(states, TestMessages.jointState(i));
            }
            archive.awaitRecorded(states, 1);
            endPosition = states.position();
            final long recordingId = ArchiveListing.of(archive.archiveDir()).recordings().stream()
                    .filter(recording -> recording.streamId() == StreamCatalog.CONTROL_STATE.streamId())
                    .mapToLong(RecordingDescriptor::recordingId)
                    .findFirst()
                    .orElseThrow();
            archive.publish(progress, progress(0, recordingId, durablePosition, endPosition));
            archive.publish(progress, progress(1, recordingId, durablePosition, endPosition + UNHEARD_BYTES));
            archive.awaitRecorded(progress, 1);
            archive.copyWhileRunning(killed.archive());
        }

        final CutOff cutOff = CutOff.of(Session.open(killed));

        assertThat(cutOff.streams())
                .filteredOn(stream -> stream.streamId() == StreamCatalog.CONTROL_STATE.streamId())
                .containsExactly(new StreamCutOff(
                        StreamCatalog.CONTROL_STATE.streamId(),
                        "control.state",
                        endPosition - durablePosition,
                        MESSAGES - FLUSHED,
                        (MESSAGES - FLUSHED - 1) * TestMessages.PERIOD_NS,
                        UNHEARD_BYTES));
        // Nobody said how far the progress itself was.
        assertThat(cutOff.streams())
                .filteredOn(stream -> stream.streamId() == StreamCatalog.PERSISTENCE_PROGRESS.streamId())
                .singleElement()
                .satisfies(stream -> assertThat(stream.unflushedMessages()).isEqualTo(2));
        assertThat(cutOff.lostBytes()).isEqualTo(UNHEARD_BYTES);
        assertThat(cutOff.unflushedNs()).isEqualTo((MESSAGES - FLUSHED - 1) * TestMessages.PERIOD_NS);
    }

    @Test
    void shouldNotReadAWholeRecordingOfWhichNothingWasFlushed() throws IOException {
        final SessionDirectory killed = new SessionDirectory(directory.resolve("killed"), "20231114-221320-cccc");
        final int messages = 2_000;
        try (RecordedArchive archive = new RecordedArchive(directory.resolve("recorder"))) {
            archive.record(StreamCatalog.CONTROL_STATE.streamId(), StreamCatalog.CONTROL_STATE.name(), 1);
            final ExclusivePublication states = archive.publication(StreamCatalog.CONTROL_STATE.streamId());
            for (int i = 0; i < messages; i++) {
                archive.publish(states, TestMessages.jointState(i));
            }
            archive.awaitRecorded(states, 1);
            assertThat(states.position()).isGreaterThan(3L * RecordedArchive.LENGTH_BYTES);
            archive.copyWhileRunning(killed.archive());
        }
        final Session session = Session.open(killed);
        // Whoever reads all of it misses what stood there.
        Files.delete(killed.archive().resolve("0-" + RecordedArchive.LENGTH_BYTES + ".rec"));

        assertThat(CutOff.of(session).streams()).singleElement().satisfies(stream -> {
            assertThat(stream.unflushedMessages()).isEqualTo(messages);
            assertThat(stream.unflushedNs()).isEqualTo((messages - 1) * TestMessages.PERIOD_NS);
        });
    }

    @Test
    void shouldSayNothingOfASessionThatEndedInOrder() {
        final SessionDirectory closed = new SessionDirectory(directory, "20231114-221320-bbbb");
        try (RecordedArchive archive = new RecordedArchive(closed.root())) {
            archive.record(StreamCatalog.CONTROL_STATE.streamId(), StreamCatalog.CONTROL_STATE.name(), 1);
            final ExclusivePublication states = archive.publication(StreamCatalog.CONTROL_STATE.streamId());
            archive.publish(states, TestMessages.jointState(0));
            archive.awaitRecorded(states, 1);
        }

        assertThat(CutOff.of(Session.open(closed)).streams()).isEmpty();
    }

    @Test
    void shouldSayWhatThePowerTookOfWhatWasCounted() throws IOException {
        final SessionDirectory killed;
        try (RecordedSession session = new RecordedSession(directory)) {
            session.record(StreamCatalog.CONTROL_STATE);
            try (ExclusivePublication states = session.writer(StreamCatalog.CONTROL_STATE)) {
                for (int i = 0; i < MESSAGES; i++) {
                    session.publish(states, TestMessages.jointState(i));
                }
                session.awaitRecorded(states);
                killed = session.kill();
            }
        }
        final RecordingDescriptor recording =
                ArchiveListing.of(killed.archive()).recordings().get(0);
        final List<Long> positions = new ArrayList<>();
        long endPosition = 0;
        try (RecordingReader reader = new RecordingReader(killed.archive(), recording, DamageListener.IGNORED)) {
            while (reader.next()) {
                positions.add(reader.message().position());
                endPosition = reader.message().nextPosition();
            }
        }
        final long lastBase = recording.segmentBasePosition(endPosition);
        final int left = (int) positions.stream()
                .filter(position -> position < lastBase + 6_400)
                .count();
        final long cutPosition = positions.get(left);
        assertThat(cutPosition).isBetween(lastBase, endPosition - 1);
        try (FileChannel file =
                FileChannel.open(recording.segmentFile(killed.archive(), lastBase), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate((int) (endPosition - cutPosition)), cutPosition - lastBase);
        }

        final CutOff cutOff = CutOff.of(Session.open(killed));

        assertThat(cutOff.streams())
                .containsExactly(new StreamCutOff(
                        StreamCatalog.CONTROL_STATE.streamId(),
                        "control.state",
                        cutPosition,
                        left,
                        (left - 1) * TestMessages.PERIOD_NS,
                        endPosition - cutPosition));
        assertThat(cutOff.unflushedBytes()).isEqualTo(cutPosition);
        assertThat(cutOff.lostBytes()).isEqualTo(endPosition - cutPosition);
    }

    @Test
    void shouldAddUpTheWritersOfAStreamAndLeaveOutRecordingsThatWereStopped() throws IOException {
        final SessionDirectory killed = new SessionDirectory(directory.resolve("killed"), "20231114-221320-aaaa");
        final int streamId = StreamCatalog.CONTROL_STATE.streamId();
        final long bytes;
        try (RecordedArchive archive = new RecordedArchive(directory.resolve("recorder"))) {
            final long stopped =
                    archive.record(StreamCatalog.CONTROL_EVENT.streamId(), StreamCatalog.CONTROL_EVENT.name(), 1);
            archive.record(streamId, StreamCatalog.CONTROL_STATE.name(), 1);
            final ExclusivePublication events = archive.publication(StreamCatalog.CONTROL_EVENT.streamId());
            final ExclusivePublication first = archive.publication(streamId);
            final ExclusivePublication second = archive.publication(streamId);
            archive.publish(events, TestMessages.event(0));
            archive.awaitRecorded(events, 1);
            archive.stopRecording(stopped);
            for (int i = 0; i < 10; i++) {
                archive.publish(first, TestMessages.jointState(i));
            }
            for (int i = 0; i < 4; i++) {
                archive.publish(second, TestMessages.jointState(i));
            }
            archive.awaitRecorded(first, 1);
            archive.awaitRecorded(second, 1);
            bytes = first.position() + second.position();
            Awaitility.await()
                    .until(() -> ArchiveListing.of(archive.archiveDir()).recordings().stream()
                            .anyMatch(recording -> !recording.isOpen()));
            archive.copyWhileRunning(killed.archive());
        }

        assertThat(CutOff.of(Session.open(killed)).streams())
                .containsExactly(new StreamCutOff(streamId, "control.state", bytes, 14, 9 * TestMessages.PERIOD_NS, 0));
    }

    private static UnsafeBuffer progress(
            final long sequence, final long recordingId, final long durablePosition, final long publishedPosition) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MessageLengths.recordingProgress(1)]);
        final RecordingProgressEncoder encoder =
                new RecordingProgressEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.stamp()
                .sequence(sequence)
                .captureTimeNs(TestMessages.START_NS + sequence)
                .source(NodeId.PERSISTENCE);
        encoder.inputsCount(0);
        encoder.recordingsCount(1)
                .next()
                .recordingId(recordingId)
                .publishedPosition(publishedPosition)
                .recordedPosition(durablePosition)
                .durablePosition(durablePosition)
                .streamId(StreamCatalog.CONTROL_STATE.streamId())
                .sessionId(1);
        return buffer;
    }
}
