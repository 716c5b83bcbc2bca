package io.tendon.persistence.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.BusCounters;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurabilityLatencyTest {
    private static final int MESSAGES = 100;
    private static final long DEVICE_NS = 5_000_000;

    @TempDir
    private Path directory;

    @Test
    void shouldGoOnWithItsFiguresWhenAnotherDriverTakesOverAndForgetRecordingsThatAreDone() {
        final RecordingDescriptor recording = record();
        final RuntimeDirectory robot = new RuntimeDirectory("robot", directory.resolve("runtime"));
        robot.create();
        BusCounters.create(robot);
        final BusCounters counters = new BusCounters(robot, NodeId.PERSISTENCE);
        final DurabilityAccount account = new DurabilityAccount();
        final DurablePositions durable = new DurablePositions();
        final DurabilityLatency latency = new DurabilityLatency(account, durable, 0, counters);
        read(recording, latency);
        latency.publish();
        latency.prune(List.of(entry(recording)));
        assertThat(latency.recordings()).isEqualTo(1);

        durable.set(
                recording.recordingId(),
                recording.stopPosition(),
                TestMessages.START_NS + MESSAGES * TestMessages.PERIOD_NS + DEVICE_NS);
        latency.publish();
        final long maxNs = counters.node(BusCounter.DURABLE_MAX_NS).get();
        assertThat(maxNs).isGreaterThan(DEVICE_NS);
        latency.prune(List.of(entry(recording)));
        assertThat(latency.recordings()).isZero();

        // The next driver's first message reaches the device faster than any before.
        final DurablePositions nextDurable = new DurablePositions();
        final DurabilityLatency next = new DurabilityLatency(account, nextDurable, 0, counters);
        nextDurable.set(recording.recordingId(), recording.stopPosition(), TestMessages.START_NS);
        read(recording, next);
        next.publish();
        assertThat(counters.node(BusCounter.DURABLE_MAX_NS).get()).isEqualTo(maxNs);
        assertThat(account.histogram().getTotalCount()).isEqualTo(2L * MESSAGES);
    }

    private RecordingDescriptor record() {
        try (RecordedArchive archive = new RecordedArchive(directory)) {
            archive.record(StreamCatalog.CONTROL_STATE.streamId(), StreamCatalog.CONTROL_STATE.name(), 1);
            final ExclusivePublication states = archive.publication(StreamCatalog.CONTROL_STATE.streamId());
            for (int i = 0; i < MESSAGES; i++) {
                archive.publish(states, TestMessages.jointState(i));
            }
            archive.awaitRecorded(states, 1);
        }
        return ArchiveCatalog.recordings(directory.resolve("archive")).get(0);
    }

    private void read(final RecordingDescriptor recording, final DurabilityLatency latency) {
        try (RecordingReader reader =
                new RecordingReader(directory.resolve("archive"), recording, DamageListener.IGNORED)) {
            while (reader.next()) {
                latency.onMessage(reader.message());
            }
        }
    }

    private static RecordingEntry entry(final RecordingDescriptor recording) {
        return new RecordingEntry(
                recording.recordingId(),
                recording.streamId(),
                recording.streamName(),
                recording.sessionId(),
                recording.startPosition(),
                recording.stopPosition(),
                true,
                1,
                2,
                MESSAGES,
                0,
                recording.stopPosition(),
                MESSAGES);
    }
}
