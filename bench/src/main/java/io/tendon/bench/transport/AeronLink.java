package io.tendon.bench.transport;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;
import io.tendon.bus.catalog.StreamCatalog;
import org.agrona.DirectBuffer;

/**
 * Aeron as it comes, on terms as long as ours: tryClaim, copy, commit; poll. A reader that falls behind holds the writer.
 * Made and used by one thread.
 */
public final class AeronLink implements LogLink {
    /** Stream from ping to echo. */
    public static final int OUT_STREAM_ID = 3001;

    /** Channel to listen on. */
    public static final String SUBSCRIPTION_CHANNEL = "aeron:ipc";

    private static final int BACK_STREAM_ID = 3002;
    private static final int FRAGMENT_LIMIT = 256;

    private final Aeron aeron;
    private final ExclusivePublication publication;
    private final Subscription subscription;
    private final BufferClaim claim = new BufferClaim();
    private final FragmentHandler handler;
    private Receiver receiver = (buffer, offset, lengthBytes) -> {};
    private long position;

    private AeronLink(final Aeron aeron, final Side side) {
        final boolean isPing = side == Side.PING;
        final int termLength = (isPing ? StreamCatalog.CONTROL_STATE : StreamCatalog.FUSION_STATE).termLengthBytes();
        this.aeron = aeron;
        this.publication = aeron.addExclusivePublication(
                SUBSCRIPTION_CHANNEL + "?term-length=" + termLength, isPing ? OUT_STREAM_ID : BACK_STREAM_ID);
        this.subscription = aeron.addSubscription(SUBSCRIPTION_CHANNEL, isPing ? BACK_STREAM_ID : OUT_STREAM_ID);
        this.handler = (buffer, offset, lengthBytes, header) -> receiver.onMessage(buffer, offset, lengthBytes);
    }

    /**
     * Opens one end.
     *
     * @param place with a session.
     * @param side which end.
     * @return the end.
     */
    public static AeronLink open(final LinkPlace place, final Side side) {
        return new AeronLink(
                Aeron.connect(new Aeron.Context()
                        .aeronDirectoryName(place.runtime().aeronDirectory().toString())
                        .preTouchMappedMemory(true)),
                side);
    }

    @Override
    public boolean send(final DirectBuffer buffer, final int offset, final int lengthBytes) {
        final long outcome = publication.tryClaim(lengthBytes, claim);
        if (outcome <= 0) {
            return false;
        }
        claim.buffer().putBytes(claim.offset(), buffer, offset, lengthBytes);
        claim.commit();
        position = outcome;
        return true;
    }

    @Override
    public int poll(final Receiver to) {
        receiver = to;
        return subscription.poll(handler, FRAGMENT_LIMIT);
    }

    @Override
    public int sessionId() {
        return publication.sessionId();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void close() {
        aeron.close();
    }
}
