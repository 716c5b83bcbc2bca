package io.tendon.persistence.recording;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.BusCounters;
import io.tendon.sessionlog.manifest.RecordingEntry;
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
                            counters.stream(BusCounter.RECORDER_LAG_BYTES, stream),
                            counters.stream(BusCounter.DURABLE_LAG_BYTES, stream)));
        }
    }

    /** Publishes what was counted. */
    void counted(final List<RecordingEntry> entries) {
        streams.forEach((streamId, counters) -> {
            long messages = 0;
            long missing = 0;
            for (final RecordingEntry entry : entries) {
                if (entry.streamId() == streamId) {
                    messages += entry.messages();
                    missing += entry.missing();
                }
            }
            counters.recorded.setRelease(messages);
            counters.received.setRelease(messages);
            counters.gaps.setRelease(missing);
        });
    }

    /** Publishes how far recorder and device are behind. */
    void positions(final PositionScan scan, final DurablePositions durable) {
        streams.forEach((streamId, counters) -> {
            long recorderLag = 0;
            long durableLag = 0;
            for (final RecorderPosition recorder : scan.recorders()) {
                if (recorder.streamId() == streamId) {
                    recorderLag += lag(scan, recorder);
                    durableLag += recorder.position()
                            - Math.min(recorder.position(), durable.position(recorder.recordingId(), 0));
                }
            }
            counters.recorderLag.setRelease(recorderLag);
            counters.durableLag.setRelease(durableLag);
        });
    }

    private static long lag(final PositionScan scan, final RecorderPosition recorder) {
        for (final PublicationPosition publication : scan.publications()) {
            if (publication.sessionId() == recorder.sessionId()) {
                return Math.max(0, publication.position() - recorder.position());
            }
        }
        return 0;
    }

    /** Of one stream. */
    private record Counters(
            AtomicCounter recorded,
            AtomicCounter received,
            AtomicCounter gaps,
            AtomicCounter recorderLag,
            AtomicCounter durableLag) {}
}
