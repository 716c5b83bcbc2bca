package io.tendon.bus.subscribe;

import io.tendon.bus.catalog.StreamDescriptor;

/** Is told of messages that did not come, on the thread that polls. */
@FunctionalInterface
public interface LossListener {
    /**
     * A jump in the sequence.
     *
     * @param stream that was read.
     * @param sessionId of the writer's life.
     * @param firstSequence first that is missing.
     * @param lastSequence last that is missing.
     */
    void onLoss(StreamDescriptor stream, int sessionId, long firstSequence, long lastSequence);
}
