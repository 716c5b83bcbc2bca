package io.tendon.bus.subscribe;

import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.schemas.MessageSchema;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Reads the replay of one stream. It is tethered: the replay waits for it, at any speed. A replay goes on in one log
 * while it jumps about in the recording, so each frame's reserved value says where it stands:
 *
 * <pre>
 *   63                             32 31                              0
 *  +---------------------------------+---------------------------------+
 *  |    pass: raised by each jump    |  session id of the recorded     |
 *  |                                 |  writer's life                  |
 *  +---------------------------------+---------------------------------+
 * </pre>
 *
 * <p>One owner thread.
 */
public final class ReplaySubscriber implements AutoCloseable {
    private final Subscription subscription;
    private final ReplayHandler handler;
    private final AtomicCounter receivedCounter;
    private final AtomicCounter gapCounter;
    private final FragmentHandler fragmentHandler = this::onFragment;
    private SequenceTracker sequences = new SequenceTracker();
    private boolean hasBegun;
    private int logSessionId;
    private int pass;
    private long received;
    private long gaps;

    /**
     * Wraps a subscription. Made by {@code BusConnection}.
     *
     * @param subscription to the replay stream, tethered.
     * @param handler of its messages and jumps.
     * @param receivedCounter counts messages that came.
     * @param gapCounter counts messages that are missing, in the recording or in the replay.
     */
    public ReplaySubscriber(
            final Subscription subscription,
            final ReplayHandler handler,
            final AtomicCounter receivedCounter,
            final AtomicCounter gapCounter) {
        this.subscription = subscription;
        this.handler = handler;
        this.receivedCounter = receivedCounter;
        this.gapCounter = gapCounter;
    }

    /**
     * What a replayed frame's reserved value is.
     *
     * @param pass raised by each jump.
     * @param recordedSessionId of the writer's life that was recorded.
     * @return the reserved value.
     */
    public static long reservedValue(final int pass, final int recordedSessionId) {
        return ((long) pass << 32) | (recordedSessionId & 0xFFFF_FFFFL);
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

    /** Messages that are missing between those that came, jumps of the replay not counted. */
    public long gaps() {
        return gaps;
    }

    /** Whether a replay is joined. */
    public boolean hasImage() {
        return subscription.imageCount() > 0;
    }

    /** Whether the subscription is closed, by us or because the driver is gone. */
    public boolean isClosed() {
        return subscription.isClosed();
    }

    @Override
    public void close() {
        subscription.close();
    }

    private void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        final int presentPass = (int) (header.reservedValue() >> 32);
        if (!hasBegun || presentPass != pass || header.sessionId() != logSessionId) {
            hasBegun = true;
            pass = presentPass;
            logSessionId = header.sessionId();
            sequences = new SequenceTracker();
            handler.onJump();
        }
        if (!MessageSchema.isMessage(buffer, offset, length)) {
            return;
        }
        final long missing = sequences.onSequence((int) header.reservedValue(), MessageSchema.sequence(buffer, offset));
        if (missing > 0) {
            gaps += missing;
            gapCounter.getAndAddRelease(missing);
        }
        received++;
        receivedCounter.getAndAddRelease(1);
        final long toPosition = header.position();
        handler.onMessage(
                buffer,
                offset,
                length,
                header.sessionId(),
                toPosition - StreamDescriptor.framedLength(length),
                toPosition);
    }
}
