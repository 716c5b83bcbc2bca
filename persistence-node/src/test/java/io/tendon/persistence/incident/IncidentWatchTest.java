package io.tendon.persistence.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.AnomalyKind;
import io.tendon.schemas.EventEncoder;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import io.tendon.schemas.Severity;
import io.tendon.sessionlog.incident.Incident;
import io.tendon.sessionlog.incident.IncidentCause;
import io.tendon.sessionlog.incident.IncidentFiles;
import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentWatchTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final IncidentConfig CONFIG = new IncidentConfig(30 * SECOND_NS, 10 * SECOND_NS, 20);

    @TempDir
    private Path dir;

    private final List<Incident> told = new ArrayList<>();
    private final List<RecordingEntry> recordings = new ArrayList<>();
    private IncidentFiles files = new IncidentFiles(Path.of("unset"));
    private IncidentWatch watch = new IncidentWatch(files, CONFIG, () -> recordings, told::add);
    private long position;

    @BeforeEach
    void open() {
        files = new IncidentFiles(dir.resolve("incidents"));
        watch = new IncidentWatch(files, CONFIG, () -> recordings, told::add);
    }

    @Test
    void shouldKeepTheRangeAroundASafetyStop() throws IOException {
        event(5, EventKind.SAFETY_STATE_CHANGED, SafetyState.RUNNING.value(), "set-point close");
        event(6, EventKind.SAFETY_STATE_CHANGED, SafetyState.EMERGENCY_STOPPED.value(), "asked by an operator");

        final Incident kept = files.read(fault -> {}).get(0);
        assertThat(told).containsExactly(kept);
        assertThat(kept.cause()).isEqualTo(IncidentCause.SAFETY_STOP);
        assertThat(kept.text()).isEqualTo("SAFETY_STATE_CHANGED by CONTROL: EMERGENCY_STOPPED, asked by an operator");
        assertThat(kept.fromNs()).isEqualTo(START_NS - 24 * SECOND_NS);
        assertThat(kept.toNs()).isEqualTo(START_NS + 16 * SECOND_NS);
    }

    @Test
    void shouldKeepAMissedDeadlineOnlyWhenManyCyclesWereMissedInARow() throws IOException {
        event(1, EventKind.DEADLINE_MISSED, 19, "");
        assertThat(files.read(fault -> {})).isEmpty();
        event(2, EventKind.DEADLINE_MISSED, 20, "");
        assertThat(files.read(fault -> {}))
                .singleElement()
                .satisfies(incident -> assertThat(incident.cause()).isEqualTo(IncidentCause.MISSED_DEADLINE));
    }

    @Test
    void shouldMakeOneIncidentOfWhatHappensAgainBeforeItsRangeHasEnded() throws IOException {
        event(1, EventKind.DEADLINE_MISSED, 47, "");
        event(5, EventKind.DEADLINE_MISSED, 47, "");
        event(5.5, EventKind.DEADLINE_MISSED, 47, "");
        watch.flush();
        event(16, EventKind.DEADLINE_MISSED, 47, "");

        final List<Incident> kept = files.read(fault -> {});
        assertThat(kept).hasSize(2);
        assertThat(kept.get(0).times()).isEqualTo(3);
        assertThat(kept.get(0).toNs()).isEqualTo(START_NS + 15 * SECOND_NS + SECOND_NS / 2);
        assertThat(kept.get(1).times()).isEqualTo(1);
        assertThat(told).hasSize(2);
    }

    @Test
    void shouldKeepADeathWhenAWriterStartsThatHadALifeBefore() throws IOException {
        final RecordingDescriptor first = recording(3, 111);
        recordings.add(RecordingEntry.uncounted(first));
        event(first, 1, EventKind.NODE_STARTED, 0, "control 0.1");
        assertThat(files.read(fault -> {})).isEmpty();

        final RecordingDescriptor second = recording(9, 222);
        recordings.add(RecordingEntry.uncounted(second));
        event(second, 2, EventKind.NODE_STARTED, 0, "control 0.1");
        assertThat(files.read(fault -> {})).singleElement().satisfies(incident -> {
            assertThat(incident.cause()).isEqualTo(IncidentCause.NODE_DEATH);
            assertThat(incident.text()).isEqualTo("NODE_STARTED by CONTROL, control 0.1");
        });
    }

    @Test
    void shouldKeepTheRangeAroundAnAnomaly() throws IOException {
        anomaly(6, AnomalyKind.ENCODER, 2, "position and velocity disagree by 0.02 rad/s, allowed 0.01 rad/s");
        anomaly(100, AnomalyKind.SENSOR_FREEZE, -1, "all sensors the same for 0.047 s");

        final List<Incident> kept = files.read(fault -> {});
        assertThat(told).isEqualTo(kept);
        assertThat(kept).extracting(Incident::cause).containsOnly(IncidentCause.ANOMALY);
        assertThat(kept)
                .extracting(Incident::text)
                .containsExactly(
                        "ANOMALY by CONTROL: ENCODER of joint 2, position and velocity disagree by 0.02 rad/s, allowed 0.01 rad/s",
                        "ANOMALY by CONTROL: SENSOR_FREEZE, all sensors the same for 0.047 s");
        assertThat(kept.get(0).fromNs()).isEqualTo(START_NS - 24 * SECOND_NS);
        assertThat(kept.get(0).toNs()).isEqualTo(START_NS + 16 * SECOND_NS);
    }

    @Test
    void shouldMakeOneIncidentOfAnomaliesThatComeAgainAndAgain() throws IOException {
        // Each within 30 s + 10 s of the one before, so that their ranges overlap.
        for (int second = 0; second < 3_600; second += 39) {
            anomaly(second, AnomalyKind.TRACKING, 1, "");
            anomaly(second + 0.5, AnomalyKind.EXTERNAL_EFFORT, 3, "");
        }
        watch.flush();

        final Incident kept = files.read(fault -> {}).get(0);
        assertThat(files.read(fault -> {})).hasSize(1);
        assertThat(told).hasSize(1);
        assertThat(kept.times()).isEqualTo(2 * 93);
        assertThat(kept.fromNs()).isEqualTo(START_NS - 30 * SECOND_NS);
        assertThat(kept.toNs()).isEqualTo(START_NS + (92 * 39 + 10) * SECOND_NS + SECOND_NS / 2);

        anomaly(3_640, AnomalyKind.TRACKING, 1, "");
        assertThat(files.read(fault -> {})).as("its range begins behind").hasSize(2);
    }

    @Test
    void shouldFindTheSameAnomaliesWhenEventsAreReadAgainAfterAKill() throws IOException {
        final double[] times = {1, 35, 60, 150};
        for (final double afterS : times) {
            anomaly(afterS, AnomalyKind.TRACKING, 1, "");
        }
        watch.flush();
        final List<Incident> before = files.read(fault -> {});
        assertThat(before).hasSize(2);

        watch = new IncidentWatch(files, CONFIG, () -> recordings, told::add);
        for (final double afterS : times) {
            anomaly(afterS, AnomalyKind.TRACKING, 1, "");
            assertThat(files.read(fault -> {})).isEqualTo(before);
        }
        assertThat(told).hasSize(2);
    }

    @Test
    void shouldKeepNothingForAFaultThatWasAskedFor() throws IOException {
        event(1, EventKind.FAULT_INJECTED, 2, "friction@1s,joint=2,amount=0.2");
        assertThat(files.read(fault -> {})).isEmpty();
    }

    @Test
    void shouldFindTheSameIncidentsWhenEventsAreReadAgainAfterAKill() throws IOException {
        event(1, EventKind.DEADLINE_MISSED, 47, "");
        event(3, EventKind.DEADLINE_MISSED, 47, "");
        final List<Incident> before = files.read(fault -> {});

        watch = new IncidentWatch(files, CONFIG, () -> recordings, told::add);
        event(1, EventKind.DEADLINE_MISSED, 47, "");
        event(3, EventKind.DEADLINE_MISSED, 47, "");
        watch.flush();

        assertThat(files.read(fault -> {})).isEqualTo(before);
        assertThat(told).hasSize(1);
    }

    @Test
    void shouldTellOfEachIncidentOnAFullDiskAndWriteAllOnceThereIsRoom() throws IOException {
        // A file where the directory should be refuses every write.
        Files.writeString(dir.resolve("incidents"), "");
        for (final double afterS : new double[] {1, 30, 60}) {
            assertThatThrownBy(() -> event(afterS, EventKind.DEADLINE_MISSED, 47, ""))
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(watch::flush).isInstanceOf(IOException.class);
        assertThat(told).hasSize(3);

        Files.delete(dir.resolve("incidents"));
        watch.flush();
        assertThat(files.read(fault -> {})).isEqualTo(told);
    }

    @Test
    void shouldTakeWhatHappensWithinAMillisecondForOneIncidentThoughNothingIsKeptBehindIt() throws IOException {
        watch = new IncidentWatch(files, new IncidentConfig(SECOND_NS, 0, 20), () -> recordings, told::add);
        event(1, EventKind.DEADLINE_MISSED, 47, "");
        event(1.0001, EventKind.DEADLINE_MISSED, 48, "");
        watch.flush();

        assertThat(files.read(fault -> {}))
                .singleElement()
                .satisfies(kept -> assertThat(kept.times()).isEqualTo(2));
    }

    @Test
    void shouldTellNothingTwiceWhenEventsOfSeveralIncidentsAreReadAgainAfterAKill() throws IOException {
        final double[] times = {1, 3, 30, 60, 62};
        for (final double afterS : times) {
            event(afterS, EventKind.DEADLINE_MISSED, 47, "");
        }
        watch.flush();
        final List<Incident> before = files.read(fault -> {});
        assertThat(told).hasSize(3);

        watch = new IncidentWatch(files, CONFIG, () -> recordings, told::add);
        for (final double afterS : times) {
            event(afterS, EventKind.DEADLINE_MISSED, 47, "");
            assertThat(files.read(fault -> {})).isEqualTo(before);
        }
        assertThat(told).hasSize(3);
    }

    private void event(final double afterS, final EventKind kind, final int code, final String text)
            throws IOException {
        event(recording(3, 111), afterS, kind, code, text);
    }

    private void anomaly(final double afterS, final AnomalyKind kind, final int joint, final String text)
            throws IOException {
        event(recording(3, 111), afterS, EventKind.ANOMALY, joint, kind, text);
    }

    private void event(
            final RecordingDescriptor recording,
            final double afterS,
            final EventKind kind,
            final int code,
            final String text)
            throws IOException {
        event(recording, afterS, kind, code, AnomalyKind.NULL_VAL, text);
    }

    private void event(
            final RecordingDescriptor recording,
            final double afterS,
            final EventKind kind,
            final int code,
            final AnomalyKind anomaly,
            final String text)
            throws IOException {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(1024));
        final EventEncoder encoder = new EventEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.stamp()
                .sequence(position / 128)
                .captureTimeNs(START_NS + (long) (afterS * SECOND_NS))
                .source(NodeId.CONTROL);
        encoder.amount(Double.NaN)
                .code(code)
                .kind(kind)
                .severity(Severity.WARNING)
                .anomaly(anomaly);
        encoder.inputsCount(0);
        encoder.text(text);
        final RecordedMessage message = new RecordedMessage(recording, buffer);
        message.wrap(
                buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength(), position, position + 128);
        position += 128;
        watch.onMessage(message);
    }

    private static RecordingDescriptor recording(final long recordingId, final int sessionId) {
        return new RecordingDescriptor(
                recordingId,
                StreamCatalog.CONTROL_EVENT.streamId(),
                sessionId,
                0,
                -1,
                0,
                -1,
                0,
                1 << 16,
                1 << 16,
                8192,
                "aeron:ipc?alias=rec.control.event",
                true,
                List.of());
    }
}
