package io.tendon.sessionlog.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two recordings of one writer's life that overlap, as a restarted recorder makes them. */
class OverlapTest {
    @TempDir
    private Path dir = Path.of("unset");

    private SessionDirectory directory = new SessionDirectory(Path.of("unset"), "unset");
    private List<RecordingDescriptor> recordings = List.of();

    @BeforeEach
    void record() throws IOException {
        final int streamId = StreamCatalog.CONTROL_EVENT.streamId();
        try (RecordedSession session = new RecordedSession(dir)) {
            final long first = session.archive().record(streamId, "control.event", 1);
            try (ExclusivePublication events = session.writer(StreamCatalog.CONTROL_EVENT)) {
                publish(session, events, 0, 100);
                session.awaitRecorded(events);
                session.archive().record(streamId, "control.event", 2);
                publish(session, events, 100, 200);
                session.archive().awaitRecorded(events, 2);
                session.archive().stopRecording(first);
                publish(session, events, 200, 300);
                session.awaitRecorded(events);
            }
            directory = session.stop();
        }
        recordings = new RecordedBytes(directory).recordings();
        assertThat(recordings).hasSize(2);
        assertThat(recordings.get(1).startPosition())
                .isPositive()
                .isLessThan(recordings.get(0).stopPosition());
    }

    @Test
    void shouldCountEachMessageOnce() {
        final VerifyReport report = SessionVerifier.verify(Session.open(directory));

        assertThat(report.findings()).isEmpty();
        assertThat(report.messages()).isEqualTo(300);
        assertThat(report.writerLives()).isEqualTo(1);
        assertThat(report.recordings()).isEqualTo(2);
    }

    @Test
    void shouldFindDamageInEitherRecordingThoughTheOtherHasTheMessage() throws IOException {
        final RecordedBytes bytes = new RecordedBytes(directory);
        for (final RecordingDescriptor recording : recordings) {
            final RecordedBytes.Frame frame = frame(bytes, recording);
            bytes.flip(recording, frame.position() + 40, 1);

            assertThat(SessionVerifier.verify(Session.open(directory)).findings())
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.kind()).isEqualTo(FindingKind.DAMAGED_FRAME);
                        assertThat(finding.place().recordingId()).isEqualTo(recording.recordingId());
                        assertThat(finding.place().fromPosition()).isEqualTo(frame.position());
                        assertThat(finding.missing()).isNull();
                        assertThat(finding.times().fromNs()).isEqualTo(VerifyMessages.timeNs(149));
                    });
            bytes.flip(recording, frame.position() + 40, 1);
        }
    }

    @Test
    void shouldFindAWrongLengthInEitherRecording() throws IOException {
        final RecordedBytes bytes = new RecordedBytes(directory);
        for (final RecordingDescriptor recording : recordings) {
            final RecordedBytes.Frame frame = frame(bytes, recording);
            final int mask = bytes.lengthMasks(frame).get(0);
            bytes.flip(recording, frame.position(), mask);

            assertThat(SessionVerifier.verify(Session.open(directory)).findings())
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.kind()).isEqualTo(FindingKind.WRONG_LENGTH);
                        assertThat(finding.place().recordingId()).isEqualTo(recording.recordingId());
                    });
            bytes.flip(recording, frame.position(), mask);
        }
    }

    @Test
    void shouldLoseWhatBothRecordingsHaveLost() throws IOException {
        final RecordedBytes bytes = new RecordedBytes(directory);
        for (final RecordingDescriptor recording : recordings) {
            bytes.flip(recording, frame(bytes, recording).position() + 40, 1);
        }

        final VerifyReport report = SessionVerifier.verify(Session.open(directory));

        assertThat(report.findings()).hasSize(2).allMatch(finding -> finding.kind() == FindingKind.DAMAGED_FRAME);
        assertThat(report.missingUnexplained()).isEqualTo(1);
    }

    private static RecordedBytes.Frame frame(final RecordedBytes bytes, final RecordingDescriptor recording) {
        return bytes.frames(recording).stream()
                .filter(frame -> frame.sequence() == 150)
                .findFirst()
                .orElseThrow();
    }

    private static void publish(
            final RecordedSession session, final ExclusivePublication writer, final int from, final int to) {
        for (int i = from; i < to; i++) {
            session.publish(writer, TestMessages.event(i));
        }
    }
}
