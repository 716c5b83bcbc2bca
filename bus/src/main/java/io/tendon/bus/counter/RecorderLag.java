package io.tendon.bus.counter;

import io.aeron.AeronCounters;
import io.aeron.driver.status.StreamCounter;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.schemas.NodeId;
import java.util.HashMap;
import java.util.Map;
import org.agrona.concurrent.status.CountersReader;

/**
 * How far the recorder is behind the writers, seen from outside: from the positions that Aeron's driver keeps of every
 * publication and of the recorder's subscriptions, so that a recorder which stands still is seen to. Any tool's thread.
 */
public final class RecorderLag {
    /** Beginning of the alias of the recorder's subscriptions; the stream's name follows. */
    public static final String RECORDER_ALIAS = "rec.";

    private final CounterView view;
    // By Aeron's session id of a writer's life.
    private final Map<Integer, Long> publishedPositions = new HashMap<>();
    private final Map<Integer, Integer> streamIds = new HashMap<>();
    private final Map<Integer, Long> recorderPositions = new HashMap<>();

    private RecorderLag(final CounterView view) {
        this.view = view;
    }

    /** Reads the positions as they are now. */
    public static RecorderLag read(final CounterView view) {
        final RecorderLag lag = new RecorderLag(view);
        final CountersReader counters = view.aeronCounters();
        counters.forEach((counterId, typeId, key, label) -> {
            final boolean isPublisher = typeId == AeronCounters.DRIVER_PUBLISHER_POS_TYPE_ID;
            final boolean isRecorder = typeId == AeronCounters.DRIVER_SUBSCRIBER_POSITION_TYPE_ID
                    && key.getStringAscii(StreamCounter.CHANNEL_OFFSET).contains("alias=" + RECORDER_ALIAS);
            if (isPublisher || isRecorder) {
                final int sessionId = key.getInt(StreamCounter.SESSION_ID_OFFSET);
                final long position = counters.getCounterValue(counterId);
                (isPublisher ? lag.publishedPositions : lag.recorderPositions).merge(sessionId, position, Math::max);
                lag.streamIds.put(sessionId, key.getInt(StreamCounter.STREAM_ID_OFFSET));
            }
        });
        return lag;
    }

    /** Bytes that the writers that live now have published on a stream, Aeron's frame headers and padding included. */
    public long publishedBytes(final StreamDescriptor stream) {
        return publishedPositions.entrySet().stream()
                .filter(publisher -> streamIds.getOrDefault(publisher.getKey(), 0) == stream.streamId())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * Bytes that were published on a stream and that the recorder has not taken yet, over all its writers; for a writer
     * that the recorder does not listen to, what the recorder itself says.
     */
    public long bytes(final StreamDescriptor stream) {
        long bytes = 0;
        boolean isHeard = true;
        for (final Map.Entry<Integer, Long> publisher : publishedPositions.entrySet()) {
            final Integer streamId = streamIds.get(publisher.getKey());
            if (streamId != null && streamId == stream.streamId()) {
                final Long recorded = recorderPositions.get(publisher.getKey());
                isHeard &= recorded != null;
                bytes += recorded == null ? 0 : Math.max(0, publisher.getValue() - recorded);
            }
        }
        return isHeard
                ? bytes
                : Math.max(bytes, view.stream(BusCounter.RECORDER_LAG_BYTES, NodeId.PERSISTENCE, stream, 0));
    }
}
