package io.tendon.bus.publish;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.BlockHandler;
import io.aeron.logbuffer.BufferClaim;
import io.tendon.bus.RealTime;
import io.tendon.bus.catalog.StreamDescriptor;
import org.agrona.CloseHelper;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Publishes on one stream and never waits: claim room in the log, encode in place, commit. A refused claim uses up its
 * sequence number, so that a reader's gaps equal the writer's refusals.
 *
 * <pre>{@code
 * if (publisher.claim(length).isAccepted()) {
 *     encoder.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), header) ...
 *     publisher.commit();
 * }
 * publisher.doWork();   // once a cycle
 * }</pre>
 *
 * <p>It follows its own stream with a tethered subscription, the pacer: Aeron measures slow readers against the fastest,
 * and would never drop a sole one. One owner thread; it may be made on another.
 */
@RealTime
public final class MessagePublisher implements AutoCloseable {
    private static final int PACER_BLOCK_BYTES = 1 << 20;
    private static final BlockHandler DISCARD = (buffer, offset, length, sessionId, termId) -> {};

    private final StreamDescriptor stream;
    private final ExclusivePublication publication;
    private final Subscription pacer;
    private final Image pacerImage;
    private final AtomicCounter sentCounter;
    private final AtomicCounter refusedCounter;
    private final BufferClaim bufferClaim = new BufferClaim();
    private final LossRanges lossRanges = new LossRanges();

    private long nextSequence;
    private long claimedPosition;
    private long position;
    private long sent;
    private long refused;

    /**
     * Wraps a publication whose pacer has joined it. Made by {@code BusConnection}.
     *
     * @param stream that is published.
     * @param publication of this writer alone.
     * @param pacer a tethered subscription to just that publication, with its image.
     * @param sentCounter counts messages committed, in shared memory.
     * @param refusedCounter counts offers refused, in shared memory.
     */
    public MessagePublisher(
            final StreamDescriptor stream,
            final ExclusivePublication publication,
            final Subscription pacer,
            final AtomicCounter sentCounter,
            final AtomicCounter refusedCounter) {
        this.stream = stream;
        this.publication = publication;
        this.pacer = pacer;
        this.pacerImage = pacer.imageAtIndex(0);
        this.sentCounter = sentCounter;
        this.refusedCounter = refusedCounter;
        this.position = publication.position();
    }

    /**
     * Claims room for one message and uses up a sequence number, whatever the outcome. An accepted claim must be
     * committed or aborted before the next.
     *
     * @param lengthBytes of the message, its SBE header included; at most {@link StreamDescriptor#MAX_MESSAGE_BYTES}.
     * @return whether there is room, and why not.
     * @throws IllegalArgumentException when it is longer than a frame.
     */
    public OfferResult claim(final int lengthBytes) {
        final long sequence = nextSequence++;
        long outcome = publication.tryClaim(lengthBytes, bufferClaim);
        if (outcome == Publication.ADMIN_ACTION) {
            outcome = publication.tryClaim(lengthBytes, bufferClaim);
        }
        if (outcome > 0) {
            claimedPosition = outcome;
            return OfferResult.ACCEPTED;
        }
        final OfferResult result = OfferResult.ofPosition(outcome);
        refused++;
        refusedCounter.getAndAddRelease(1);
        lossRanges.add(sequence, result);
        return result;
    }

    /** Where to encode the claimed message. */
    public MutableDirectBuffer buffer() {
        return bufferClaim.buffer();
    }

    /** Offset in {@link #buffer()} at which the claimed message begins. */
    public int offset() {
        return bufferClaim.offset();
    }

    /** Sequence number of the latest claim, from 0; to be written into the message's stamp. */
    public long sequence() {
        return nextSequence - 1;
    }

    /** Makes the claimed message visible to readers. */
    public void commit() {
        bufferClaim.commit();
        position = claimedPosition;
        sent++;
        sentCounter.getAndAddRelease(1);
    }

    /** Gives the claimed room back; readers see a hole in the sequence. */
    public void abort() {
        bufferClaim.abort();
        refused++;
        refusedCounter.getAndAddRelease(1);
        lossRanges.add(nextSequence - 1, OfferResult.CLOSED);
    }

    /**
     * Follows the own stream; to be called once per cycle.
     *
     * @return bytes that the pacer went on.
     */
    public int doWork() {
        return pacerImage.blockPoll(DISCARD, PACER_BLOCK_BYTES);
    }

    /** Losses of this writer that nobody has reported yet. */
    public LossRanges lossRanges() {
        return lossRanges;
    }

    /** Log position behind the last committed message. */
    public long position() {
        return position;
    }

    /** Aeron's session id of this writer's life. */
    public int sessionId() {
        return publication.sessionId();
    }

    /** The stream that is published. */
    public StreamDescriptor stream() {
        return stream;
    }

    /** Messages committed by this publisher. */
    public long sent() {
        return sent;
    }

    /** Offers refused to this publisher. */
    public long refused() {
        return refused;
    }

    /** Whether nothing can be published any more, because it was closed or the driver is gone. */
    public boolean isClosed() {
        return publication.isClosed();
    }

    @Override
    public void close() {
        CloseHelper.closeAll(pacer, publication);
    }
}
