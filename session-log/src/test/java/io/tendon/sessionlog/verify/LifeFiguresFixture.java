package io.tendon.sessionlog.verify;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.schemas.NodeId;

/** Lives of writers as they are counted, made by hand. Times count in periods from the start of the messages. */
final class LifeFiguresFixture {
    private LifeFiguresFixture() {}

    static LifeFigures life(
            final StreamDescriptor stream,
            final int sessionId,
            final NodeId source,
            final long firstPeriod,
            final long lastPeriod,
            final long messages) {
        return life(stream, sessionId, source, firstPeriod, lastPeriod, messages, new TimeSpan(0, 0));
    }

    static LifeFigures life(
            final StreamDescriptor stream,
            final int sessionId,
            final NodeId source,
            final long firstPeriod,
            final long lastPeriod,
            final long messages,
            final TimeSpan silence) {
        return new LifeFigures(
                new WriterLife(stream.streamId(), sessionId),
                stream.name(),
                source,
                1,
                messages * 100,
                messages,
                0,
                0,
                VerifyMessages.timeNs(firstPeriod),
                VerifyMessages.timeNs(lastPeriod),
                silence);
    }

    static LifeFigures states(final int sessionId, final long firstPeriod, final long lastPeriod) {
        return life(
                StreamCatalog.CONTROL_STATE,
                sessionId,
                NodeId.CONTROL,
                firstPeriod,
                lastPeriod,
                lastPeriod - firstPeriod + 1);
    }
}
