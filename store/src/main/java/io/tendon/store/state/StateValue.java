package io.tendon.store.state;

import io.tendon.bus.catalog.StreamCatalog;
import java.util.Comparator;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What is known under a key, and where it was said. Immutable, its buffer included; any thread.
 *
 * @param key it is known under.
 * @param session in which it was said.
 * @param streamId on which.
 * @param sessionId Aeron's, of the writer's life.
 * @param position in that writer's log at which the message's frame begins.
 * @param captureTimeNs of the message, ns since the epoch.
 * @param isRemoved whether it says that the key is to be forgotten.
 * @param message as it was recorded, SBE header first; null when it is too long for the map and stands in the recording
 *     alone.
 */
public record StateValue(
        StateKey key,
        String session,
        int streamId,
        int sessionId,
        long position,
        long captureTimeNs,
        boolean isRemoved,
        @Nullable DirectBuffer message) {

    /** The last one is that which holds: by capture time, then position. What follows only makes it one order. */
    public static final Comparator<StateValue> ORDER = Comparator.comparingLong(StateValue::captureTimeNs)
            .thenComparingLong(StateValue::position)
            .thenComparingInt(StateValue::sessionId)
            .thenComparing(StateValue::session);

    /** Name of the stream it was said on. */
    public String stream() {
        return key.isMessage() ? key.stream() : StreamCatalog.STATE_ENTRY.name();
    }

    /** Whether it holds instead of another. */
    boolean isLaterThan(final StateValue other) {
        return ORDER.compare(this, other) > 0;
    }
}
