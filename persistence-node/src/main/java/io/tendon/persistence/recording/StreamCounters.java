package io.tendon.persistence.recording;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.BusCounters;
import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.manifest.SessionManifest.StreamTotal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * What was recorded of each stream, and how far recorder and device are behind, in counters that any process can read.
 * One owner thread.
 */
final class StreamCounters {
    private final Map<Integer, Counters> streams = new HashMap<>();

    StreamCounters(final BusCounters counters) {
        for (final StreamDescriptor stream : StreamCatalog.all()) {
            streams.put(
                    stream.streamId(),
                    new Counters(
                            counters.stream(BusCounter.RECORDED, stream),
                            counters.stream(BusCounter.RECEIVED, stream),
                            counters.stream(BusCounter.GAPS, stream),
                            counters.stream(BusCounter.LEFT_BEHIND, stream),
                            counters.stream(BusCounter.RECORDER_LAG_BYTES, stream),
                            counters.stream(BusCounter.DURABLE_LAG_BYTES, stream)));
        }
    }

    /**
     * Publishes what was counted.
     *
     * @param totals of the streams, with what is missing.
     */
    void counted(final List<StreamTotal> totals) {
        for (final StreamTotal total : totals) {
            final Counters counters = streams.get(total.streamId());
            if (counters != null) {
                counters.recorded.setRelease(total.messages());
                counters.received.setRelease(total.messages());
                counters.gaps.setRelease(total.missing());
            }
        }
    }

    /**
     * Counts messages that no recording was there for. They are in the totals as well; here goes what is not refused to
     * their writer.
     *
     * @param streamId of the stream.
     * @param messages that were not recorded.
     */
    void leftBehind(final int streamId, final long messages) {
        final Counters counters = streams.get(streamId);
        if (counters != null) {
            counters.leftBehind.getAndAddRelease(messages);
        }
    }

    /**
     * Publishes how far recorder and device are behind.
     *
     * @param scan just updated.
     * @param durable how far the device is.
     * @param entries of all recordings, ended ones included: a writer that none records now is behind its last one.
     */
    void positions(final PositionScan scan, final DurablePositions durable, final List<RecordingEntry> entries) {
        streams.forEach((streamId, counters) -> {
            counters.recorderLag.setRelease(lagBytes(streamId, scan, entries));
            counters.durableLag.setRelease(durableLagBytes(streamId, scan, durable, entries));
        });
    }

    /**
     * Bytes of a stream that are recorded and not known to be on the device, of all recordings that grow.
     *
     * @param streamId of the stream.
     * @param scan just updated.
     * @param durable how far the device is.
     * @param entries of all recordings: one need not begin at position 0.
     * @return bytes of log.
     */
    static long durableLagBytes(
            final int streamId,
            final PositionScan scan,
            final DurablePositions durable,
            final List<RecordingEntry> entries) {
        long lag = 0;
        for (final RecorderPosition recorder : scan.recorders()) {
            if (recorder.streamId() == streamId) {
                final long startPosition = startPosition(recorder, entries);
                lag += Math.max(0, recorder.position() - durable.position(recorder.recordingId(), startPosition));
            }
        }
        return lag;
    }

    /** Of one that was not listed yet nothing is counted as recorded either. */
    private static long startPosition(final RecorderPosition recorder, final List<RecordingEntry> entries) {
        for (final RecordingEntry entry : entries) {
            if (entry.recordingId() == recorder.recordingId()) {
                return entry.startPosition();
            }
        }
        return recorder.position();
    }

    /**
     * Bytes that all writers of a stream are ahead of what is recorded of them.
     *
     * @param streamId of the stream.
     * @param scan just updated.
     * @param entries of all recordings.
     * @return bytes of log.
     */
    static long lagBytes(final int streamId, final PositionScan scan, final List<RecordingEntry> entries) {
        long lag = 0;
        for (final PublicationPosition publication : scan.publications()) {
            if (publication.streamId() == streamId) {
                lag += Math.max(0, publication.position() - recordedPosition(publication.sessionId(), scan, entries));
            }
        }
        return lag;
    }

    private static long recordedPosition(
            final int sessionId, final PositionScan scan, final List<RecordingEntry> entries) {
        long position = 0;
        for (final RecorderPosition recorder : scan.recorders()) {
            if (recorder.sessionId() == sessionId) {
                position = Math.max(position, recorder.position());
            }
        }
        for (final RecordingEntry entry : entries) {
            if (entry.sessionId() == sessionId) {
                position = Math.max(position, entry.stopPosition());
            }
        }
        return position;
    }

    /** Of one stream. */
    private record Counters(
            AtomicCounter recorded,
            AtomicCounter received,
            AtomicCounter gaps,
            AtomicCounter leftBehind,
            AtomicCounter recorderLag,
            AtomicCounter durableLag) {}
}
