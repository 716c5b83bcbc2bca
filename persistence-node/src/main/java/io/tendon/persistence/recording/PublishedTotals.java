package io.tendon.persistence.recording;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.schemas.NodeId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What all writers of each stream have counted since the session began, dead ones included: their counters outlive them.
 * Immutable; any thread.
 */
public final class PublishedTotals {
    private static final List<NodeId> NODES =
            List.of(NodeId.DRIVER, NodeId.CONTROL, NodeId.FUSION, NodeId.PERSISTENCE, NodeId.OPERATOR);

    private final Map<Integer, Long> sent = new HashMap<>();
    private final Map<Integer, Long> refused = new HashMap<>();

    private PublishedTotals() {}

    /**
     * Reads the counters.
     *
     * @param counters of the session.
     * @return as of now.
     */
    public static PublishedTotals read(final CounterView counters) {
        final PublishedTotals totals = new PublishedTotals();
        for (final StreamDescriptor stream : StreamCatalog.all()) {
            for (final NodeId node : NODES) {
                totals.sent.merge(stream.streamId(), counters.stream(BusCounter.SENT, node, stream, 0), Long::sum);
                totals.refused.merge(
                        stream.streamId(), counters.stream(BusCounter.REFUSED, node, stream, 0), Long::sum);
            }
        }
        return totals;
    }

    /**
     * Messages that were published and are in no recording.
     *
     * @param streamId of the stream.
     * @param recorded messages of the stream.
     * @return how many, 0 or more.
     */
    public long unrecorded(final int streamId, final long recorded) {
        return Math.max(0, sent.getOrDefault(streamId, 0L) - recorded);
    }

    /**
     * Of those the ones that no gap in a recording shows, since they came behind its end.
     *
     * @param streamId of the stream.
     * @param recorded messages of the stream.
     * @param missing sequence numbers in the gaps of its recordings; refused messages are among them.
     * @return how many, 0 or more.
     */
    public long behindTheEnd(final int streamId, final long recorded, final long missing) {
        final long uncounted = unrecorded(streamId, recorded) + refused.getOrDefault(streamId, 0L) - missing;
        return Math.max(0, Math.min(unrecorded(streamId, recorded), uncounted));
    }
}
