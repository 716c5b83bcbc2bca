package io.tendon.persistence.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.AeronCounters;
import io.tendon.sessionlog.manifest.RecordingEntry;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.junit.jupiter.api.Test;

class StreamCountersTest {
    private static final int STREAM = 1001;
    private static final long ARCHIVE = 77;

    private final CountersManager counters = new CountersManager(
            new UnsafeBuffer(java.nio.ByteBuffer.allocateDirect(64 * 1024)),
            new UnsafeBuffer(java.nio.ByteBuffer.allocateDirect(16 * 1024)));
    private final PositionScan scan = new PositionScan(counters, ARCHIVE);

    @Test
    void shouldCountAllThatAWriterHasPublishedWhenNothingOfItIsRecorded() {
        publication(-5, 4096);
        scan.update();

        assertThat(StreamCounters.lagBytes(STREAM, scan, List.of())).isEqualTo(4096);
    }

    @Test
    void shouldCountFromTheEndOfARecordingThatHasStopped() {
        publication(-5, 4096);
        scan.update();

        assertThat(StreamCounters.lagBytes(STREAM, scan, List.of(stopped(-5, 1024), stopped(-6, 4096))))
                .isEqualTo(3072);
    }

    @Test
    void shouldCountFromTheRecorderWhileItRecordsAndAddUpWriters() {
        publication(-5, 4096);
        publication(-6, 1000);
        recorder(-5, 4000);
        scan.update();

        assertThat(StreamCounters.lagBytes(STREAM, scan, List.of(stopped(-5, 1024), stopped(-6, 1000))))
                .isEqualTo(96);
        assertThat(StreamCounters.lagBytes(1002, scan, List.of())).isZero();
    }

    @Test
    void shouldCountWhatIsNotOnTheDeviceFromWhereTheRecordingBegins() {
        recorder(-3, 24_000);
        scan.update();
        final DurablePositions durable = new DurablePositions();
        final List<RecordingEntry> entries = List.of(
                new RecordingEntry(3, STREAM, "control.state", -3, 20_000, 24_000, false, 1, -1, 1, 0, 20_000, 1));

        assertThat(StreamCounters.durableLagBytes(STREAM, scan, durable, entries))
                .isEqualTo(4_000);
        durable.set(3, 23_000, 1);
        assertThat(StreamCounters.durableLagBytes(STREAM, scan, durable, entries))
                .isEqualTo(1_000);
        assertThat(StreamCounters.durableLagBytes(1002, scan, durable, entries)).isZero();
    }

    @Test
    void shouldWaitForTheStreamsThatAreRecordedAlone() {
        publication(-5, 4096);
        recorder(-5, 4000);
        scan.update();
        final RecordedPositions recorded = new RecordedPositions(scan);

        assertThat(recorded.areComplete(streamId -> true)).isFalse();
        assertThat(recorded.areComplete(streamId -> streamId != STREAM)).isTrue();
        recorded.reached(-5, 4096);
        assertThat(recorded.areComplete(streamId -> true)).isTrue();
        assertThat(recorded.position(-5)).isEqualTo(4096);
        assertThat(recorded.position(-6)).isZero();
    }

    private void publication(final int sessionId, final long position) {
        final ExpandableArrayBuffer key = new ExpandableArrayBuffer();
        key.putInt(8, sessionId);
        key.putInt(12, STREAM);
        final int id = counters.allocate("pub-pos", AeronCounters.DRIVER_PUBLISHER_POS_TYPE_ID, buffer -> {
            buffer.putBytes(0, key, 0, 16);
        });
        counters.setCounterValue(id, position);
    }

    private void recorder(final int sessionId, final long position) {
        final int id = counters.allocate(
                "rec-pos: 3 " + sessionId + " " + STREAM + " aeron:ipc",
                AeronCounters.ARCHIVE_RECORDING_POSITION_TYPE_ID,
                buffer -> {
                    buffer.putLong(0, 3);
                    buffer.putInt(8, sessionId);
                    buffer.putInt(12, 0);
                    buffer.putLong(16, ARCHIVE);
                });
        counters.setCounterValue(id, position);
    }

    private static RecordingEntry stopped(final int sessionId, final long stopPosition) {
        return new RecordingEntry(
                -sessionId, STREAM, "control.state", sessionId, 0, stopPosition, true, 1, 2, 1, 0, stopPosition, 1);
    }
}
