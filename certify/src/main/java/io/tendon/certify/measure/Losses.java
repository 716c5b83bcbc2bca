package io.tendon.certify.measure;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.schemas.NodeId;

/**
 * What a robot has counted of cycles and messages at both ends, since its session began or between two looks. Immutable.
 *
 * @param executed cycles of control.
 * @param missed cycles of control.
 * @param sent messages of control on all of its streams.
 * @param refused messages that control could not publish.
 * @param fusionReceived messages of control.state that fusion got.
 * @param fusionMissed messages of control that fusion did not get, by their sequence numbers.
 * @param recorderMissed messages of any stream that the recorder did not get.
 */
public record Losses(
        long executed,
        long missed,
        long sent,
        long refused,
        long fusionReceived,
        long fusionMissed,
        long recorderMissed) {
    /** As it is now. */
    public static Losses read(final CounterView view) {
        long sent = 0;
        long refused = 0;
        long recorderMissed = 0;
        for (final StreamDescriptor stream : StreamCatalog.all()) {
            sent += view.stream(BusCounter.SENT, NodeId.CONTROL, stream, 0);
            refused += view.stream(BusCounter.REFUSED, NodeId.CONTROL, stream, 0);
            recorderMissed += view.stream(BusCounter.GAPS, NodeId.PERSISTENCE, stream, 0);
        }
        return new Losses(
                view.node(BusCounter.CYCLES_EXECUTED, NodeId.CONTROL, 0),
                view.node(BusCounter.CYCLES_MISSED, NodeId.CONTROL, 0),
                sent,
                refused,
                view.stream(BusCounter.RECEIVED, NodeId.FUSION, StreamCatalog.CONTROL_STATE, 0),
                view.stream(BusCounter.GAPS, NodeId.FUSION, StreamCatalog.CONTROL_STATE, 0)
                        + view.stream(BusCounter.GAPS, NodeId.FUSION, StreamCatalog.CONTROL_EVENT, 0),
                recorderMissed);
    }

    /** What has been added since an earlier look. */
    public Losses since(final Losses earlier) {
        return new Losses(
                executed - earlier.executed,
                missed - earlier.missed,
                sent - earlier.sent,
                refused - earlier.refused,
                fusionReceived - earlier.fusionReceived,
                fusionMissed - earlier.fusionMissed,
                recorderMissed - earlier.recorderMissed);
    }
}
