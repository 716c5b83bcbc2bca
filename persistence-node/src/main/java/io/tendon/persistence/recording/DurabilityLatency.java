package io.tendon.persistence.recording;

import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.BusCounters;
import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.recording.RecordedMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Time from when a message was captured until it was on the device, of each message that this recorder has recorded. Joins
 * what the log's tail reads with what the {@link DurabilityAgent} has flushed, whichever comes first, so that neither the
 * recorder nor the device waits for it. One owner thread, the tail's.
 */
final class DurabilityLatency {
    private final DurablePositions durable;
    private final long firstRecordingId;
    private final Map<Long, WaitingMessages> recordings = new HashMap<>();
    private final Histogram histogram;
    private final AtomicCounter p50;
    private final AtomicCounter p99;
    private final AtomicCounter p999;
    private final AtomicCounter max;

    /**
     * Goes on with what is known of the session.
     *
     * @param account keeps it over a change of the media driver.
     * @param durable says what was flushed.
     * @param firstRecordingId of this recorder: of what an earlier one has recorded nobody knows when it was flushed.
     * @param counters of the node.
     */
    DurabilityLatency(
            final DurabilityAccount account,
            final DurablePositions durable,
            final long firstRecordingId,
            final BusCounters counters) {
        this.histogram = account.histogram();
        this.durable = durable;
        this.firstRecordingId = firstRecordingId;
        this.p50 = counters.node(BusCounter.DURABLE_P50_NS);
        this.p99 = counters.node(BusCounter.DURABLE_P99_NS);
        this.p999 = counters.node(BusCounter.DURABLE_P999_NS);
        this.max = counters.node(BusCounter.DURABLE_MAX_NS);
    }

    /** Takes note of a message that is in the log. */
    void onMessage(final RecordedMessage message) {
        final long recordingId = message.recording().recordingId();
        if (message.hasStamp() && recordingId >= firstRecordingId) {
            waiting(recordingId).onMessage(message.nextPosition(), message.captureTimeNs(), histogram);
        }
    }

    /** Joins what was flushed since the last call, and shows the percentiles in the counters. */
    void publish() {
        durable.drain(reached -> {
            if (reached.recordingId() >= firstRecordingId) {
                waiting(reached.recordingId()).onReached(reached.position(), reached.timeNs(), histogram);
            }
        });
        if (histogram.getTotalCount() > 0) {
            p50.setRelease(histogram.getValueAtPercentile(50));
            p99.setRelease(histogram.getValueAtPercentile(99));
            p999.setRelease(histogram.getValueAtPercentile(99.9));
            max.setRelease(histogram.getMaxValue());
        }
    }

    /**
     * Forgets recordings of which everything was read and flushed.
     *
     * @param entries of all recordings, as far as they were read.
     */
    void prune(final List<RecordingEntry> entries) {
        for (final RecordingEntry entry : entries) {
            final WaitingMessages waiting = recordings.get(entry.recordingId());
            if (waiting != null
                    && waiting.isEmpty()
                    && entry.isStopped()
                    && entry.countedPosition() >= entry.stopPosition()
                    && durable.position(entry.recordingId(), entry.startPosition()) >= entry.stopPosition()) {
                recordings.remove(entry.recordingId());
            }
        }
    }

    /** How many recordings are waited for. */
    int recordings() {
        return recordings.size();
    }

    private WaitingMessages waiting(final long recordingId) {
        return recordings.computeIfAbsent(recordingId, key -> new WaitingMessages());
    }
}
