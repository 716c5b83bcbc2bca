package io.tendon.bus.subscribe;

import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.tendon.bus.RealTime;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.schemas.MessageSchema;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream, untethered: when this reader stalls for long it is left behind, and the jump in the sequence shows
 * it. Counts what came, at the end of each poll, and what is missing, at once, in shared memory. When the media driver
 * dies and another takes over it is given a new subscription, and goes on with that at the next {@link #poll}. One owner
 * thread.
 */
@RealTime
public final class MessageSubscriber implements AutoCloseable {
    private final StreamDescriptor stream;
    private final MessageHandler handler;
    private final LossListener lossListener;
    private final ReaderCounters counters;
    private final SequenceTracker sequences = new SequenceTracker();
    private final FragmentHandler fragmentHandler = this::onFragment;

    // Set by the thread that connects to a new driver, taken by the owner.
    private final AtomicReference<@Nullable Subscription> successor = new AtomicReference<>();
    // The subscription to the old driver's logs, read on until their writers have left them. Set by the owner.
    private final AtomicReference<@Nullable Subscription> predecessor = new AtomicReference<>();
    // Set by the thread that connects to a new driver, read by the owner.
    private volatile boolean isPredecessorLeft;
    // Set by the thread that connects to a new driver, cleared by the owner: whether there is a successor or a
    // predecessor.
    private volatile boolean isChanging;
    private Subscription subscription;
    private long received;
    private long counted;
    private long gaps;
    private long foreign;

    /**
     * Wraps a subscription. Made by {@code BusConnection}.
     *
     * @param stream that is read.
     * @param subscription to it.
     * @param handler of its messages.
     * @param lossListener told of gaps, before the message behind the gap is handled.
     * @param counters of what came and what is missing.
     */
    public MessageSubscriber(
            final StreamDescriptor stream,
            final Subscription subscription,
            final MessageHandler handler,
            final LossListener lossListener,
            final ReaderCounters counters) {
        this.stream = stream;
        this.subscription = subscription;
        this.handler = handler;
        this.lossListener = lossListener;
        this.counters = counters;
    }

    /**
     * Gives it the subscription on a new driver, to go on with. Any thread.
     *
     * @param next to the same stream.
     */
    public void succeedWith(final Subscription next) {
        successor.set(next);
        isChanging = true;
    }

    /** Whether it has gone on with the subscription that it was given last. Any thread. */
    public boolean hasSucceeded() {
        return successor.get() == null;
    }

    /** Lets it read the old driver's logs no more at its next {@link #poll}: their writers have left them. Any thread. */
    public void leavePredecessor() {
        isPredecessorLeft = true;
    }

    /** Whether it still reads the old driver's logs. Any thread. */
    public boolean hasPredecessor() {
        return predecessor.get() != null;
    }

    /**
     * Handles what has come.
     *
     * @param fragmentLimit most messages to handle.
     * @return messages handled.
     */
    public int poll(final int fragmentLimit) {
        try {
            return isChanging ? pollWhileChanging(fragmentLimit) : subscription.poll(fragmentHandler, fragmentLimit);
        } finally {
            count();
        }
    }

    /** The stream that is read. */
    public StreamDescriptor stream() {
        return stream;
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
        count();
        final Subscription next = successor.get();
        if (next != null) {
            next.close();
        }
        subscription.close();
    }

    private void count() {
        if (received != counted) {
            counters.received(received - counted);
            counted = received;
        }
    }

    private int pollWhileChanging(final int fragmentLimit) {
        // Cleared before the successor is looked for, so that none that comes meanwhile is overlooked.
        isChanging = false;
        final Subscription next = successor.get();
        if (next != null) {
            predecessor.set(subscription);
            subscription = next;
            successor.compareAndSet(next, null);
        }
        final Subscription old = predecessor.get();
        if (old == null) {
            return subscription.poll(fragmentHandler, fragmentLimit);
        }
        isChanging = true;
        return pollBoth(old, fragmentLimit);
    }

    private int pollBoth(final Subscription old, final int fragmentLimit) {
        if (isPredecessorLeft) {
            isPredecessorLeft = false;
            predecessor.set(null);
            return subscription.poll(fragmentHandler, fragmentLimit);
        }
        final int polled = old.poll(fragmentHandler, fragmentLimit);
        return polled + (polled < fragmentLimit ? subscription.poll(fragmentHandler, fragmentLimit - polled) : 0);
    }

    private void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        if (!MessageSchema.isMessage(buffer, offset, length)) {
            foreign++;
            return;
        }
        final int sessionId = header.sessionId();
        final long sequence = MessageSchema.sequence(buffer, offset);
        final long missing = sequences.onSequence(sessionId, sequence, header.context());
        if (!sequences.isAsExpected()) {
            onUnexpected(sessionId, sequence, missing);
        }
        received++;
        final long toPosition = header.position();
        final long fromPosition = toPosition - StreamDescriptor.framedLength(length);
        handler.onMessage(buffer, offset, length, sessionId, fromPosition, toPosition);
    }

    private void onUnexpected(final int sessionId, final long sequence, final long missing) {
        counters.unexpected(sequences, missing);
        if (missing > 0) {
            gaps += missing;
            lossListener.onLoss(stream, sessionId, sequence - missing, sequence - 1);
        }
    }
}
