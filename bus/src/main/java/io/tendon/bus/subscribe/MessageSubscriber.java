package io.tendon.bus.subscribe;

import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.tendon.bus.RealTime;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.schemas.MessageSchema;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Reads one stream, untethered: when this reader stalls for long it is left behind, and the jump in the sequence shows
 * it. Counts what came and what is missing, in shared memory. One owner thread.
 */
@RealTime
public final class MessageSubscriber implements AutoCloseable {
    private final StreamDescriptor stream;
    private final Subscription subscription;
    private final MessageHandler handler;
    private final LossListener lossListener;
    private final AtomicCounter receivedCounter;
    private final AtomicCounter gapCounter;
    private final SequenceTracker sequences = new SequenceTracker();
    private final FragmentHandler fragmentHandler = this::onFragment;

    private long received;
    private long gaps;
    private long foreign;

    /**
     * Wraps a subscription. Made by {@code BusConnection}.
     *
     * @param stream that is read.
     * @param subscription to it.
     * @param handler of its messages.
     * @param lossListener told of gaps, before the message behind the gap is handled.
     * @param receivedCounter counts messages that came.
     * @param gapCounter counts messages that are missing.
     */
    public MessageSubscriber(
            final StreamDescriptor stream,
            final Subscription subscription,
            final MessageHandler handler,
            final LossListener lossListener,
            final AtomicCounter receivedCounter,
            final AtomicCounter gapCounter) {
        this.stream = stream;
        this.subscription = subscription;
        this.handler = handler;
        this.lossListener = lossListener;
        this.receivedCounter = receivedCounter;
        this.gapCounter = gapCounter;
    }

    /**
     * Handles what has come.
     *
     * @param fragmentLimit most messages to handle.
     * @return messages handled.
     */
    public int poll(final int fragmentLimit) {
        return subscription.poll(fragmentHandler, fragmentLimit);
    }

    /** Messages that came. */
    public long received() {
        return received;
    }

    /** Messages that are missing. */
    public long gaps() {
        return gaps;
    }

    /** Frames that are not of our schema, skipped. */
    public long foreign() {
        return foreign;
    }

    /** Whether the subscription is closed, by us or because the driver is gone. */
    public boolean isClosed() {
        return subscription.isClosed();
    }

    /** Whether at least one writer's log is joined. A dead writer's stays so for a while: judge freshness by age. */
    public boolean hasImage() {
        return subscription.imageCount() > 0;
    }

    @Override
    public void close() {
        subscription.close();
    }

    private void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        if (!MessageSchema.isMessage(buffer, offset, length)) {
            foreign++;
            return;
        }
        final int sessionId = header.sessionId();
        final long sequence = MessageSchema.sequence(buffer, offset);
        final long missing = sequences.onSequence(sessionId, sequence);
        if (missing > 0) {
            gaps += missing;
            gapCounter.getAndAddRelease(missing);
            lossListener.onLoss(stream, sessionId, sequence - missing, sequence - 1);
        }
        received++;
        receivedCounter.getAndAddRelease(1);
        final long toPosition = header.position();
        final long fromPosition = toPosition - StreamDescriptor.framedLength(length);
        handler.onMessage(buffer, offset, length, sessionId, fromPosition, toPosition);
    }
}
