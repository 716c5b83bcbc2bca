package io.tendon.bench.transport;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.subscribe.MessageSubscriber;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.StampEncoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Our bus, as control and fusion use it: numbered messages, counted at both ends, read untethered. Control's end sends on
 * {@code control.state}, fusion's on {@code fusion.state}. Made and used by one thread.
 */
public final class TendonLink implements LogLink {
    private static final int FRAGMENT_LIMIT = 256;
    private static final long CONNECT_TIMEOUT_NS = 10_000_000_000L;
    private static final int SEQUENCE_OFFSET =
            MessageHeaderEncoder.ENCODED_LENGTH + StampEncoder.sequenceEncodingOffset();

    private final BusConnection bus;
    private final MessagePublisher publisher;
    private final MessageSubscriber subscriber;
    private Receiver receiver = (buffer, offset, lengthBytes) -> {};

    private TendonLink(final BusConnection bus, final StreamDescriptor out, final StreamDescriptor in) {
        this.bus = bus;
        this.publisher = bus.addPublisher(out);
        this.subscriber = bus.addSubscriber(
                in,
                (buffer, offset, lengthBytes, sessionId, fromPosition, toPosition) ->
                        receiver.onMessage(buffer, offset, lengthBytes),
                (stream, sessionId, first, last) -> {
                    throw new IllegalStateException(
                            stream.name() + ": messages " + first + " to " + last + " are missing");
                });
    }

    /**
     * Opens one end.
     *
     * @param place with a session.
     * @param side which end.
     * @return the end.
     */
    public static TendonLink open(final LinkPlace place, final Side side) {
        final boolean isPing = side == Side.PING;
        final BusConnection bus = BusConnection.connect(
                place.runtime(),
                isPing ? NodeId.CONTROL : NodeId.FUSION,
                Throwable::printStackTrace,
                CONNECT_TIMEOUT_NS);
        return new TendonLink(
                bus,
                isPing ? StreamCatalog.CONTROL_STATE : StreamCatalog.FUSION_STATE,
                isPing ? StreamCatalog.FUSION_STATE : StreamCatalog.CONTROL_STATE);
    }

    @Override
    public boolean send(final DirectBuffer buffer, final int offset, final int lengthBytes) {
        if (!publisher.tryClaim(lengthBytes).isAccepted()) {
            // The driver, which moves the limit, shares two cores with two processes that spin.
            return false;
        }
        publisher.buffer().putBytes(publisher.offset(), buffer, offset, lengthBytes);
        publisher.buffer().putLong(publisher.offset() + SEQUENCE_OFFSET, publisher.sequence(), ByteOrder.LITTLE_ENDIAN);
        publisher.commitCountedLater();
        publisher.doWork();
        return true;
    }

    @Override
    public int poll(final Receiver to) {
        receiver = to;
        return subscriber.poll(FRAGMENT_LIMIT);
    }

    @Override
    public int sessionId() {
        return publisher.sessionId();
    }

    @Override
    public long position() {
        return publisher.position();
    }

    @Override
    public void close() {
        bus.close();
    }
}
