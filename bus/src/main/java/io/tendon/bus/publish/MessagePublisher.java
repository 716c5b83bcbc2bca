package io.tendon.bus.publish;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.logbuffer.BufferClaim;
import io.tendon.bus.RealTime;
import io.tendon.bus.catalog.StreamDescriptor;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.jspecify.annotations.Nullable;

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
 * <p>When the media driver dies and another takes over, the publisher is given a new log and goes on in that, from
 * sequence 0, at the next {@link #doWork}. One owner thread; it may be made on another.
 */
@RealTime
public final class MessagePublisher implements AutoCloseable {
    private final StreamDescriptor stream;
    private final AtomicCounter sentCounter;
    private final RefusalCounters refusals;
    private final BufferClaim bufferClaim = new BufferClaim();
    private final LossRanges lossRanges = new LossRanges();
    private final ReplacedLog replacedLog = new ReplacedLog();
    // Set by the thread that connects to a new driver, taken by the owner.
    private final AtomicReference<@Nullable WriterLog> successor = new AtomicReference<>();
    private WriterLog log;
    // Of the log, kept here: at one message a millisecond every further object is a line that the cache has lost.
    private ExclusivePublication publication;

    private long nextSequence;
    private long claimedPosition;
    private long position;
    private long sent;
    private long counted;
    private long refused;
    private OfferResult latestRefusal = OfferResult.CLOSED;

    /**
     * Writes to a log. Made by {@code BusConnection}.
     *
     * @param stream that is published.
     * @param log on the present driver.
     * @param sentCounter counts messages committed, in shared memory.
     * @param refusals counts offers refused, in shared memory.
     */
    public MessagePublisher(
            final StreamDescriptor stream,
            final WriterLog log,
            final AtomicCounter sentCounter,
            final RefusalCounters refusals) {
        this.stream = stream;
        this.log = log;
        this.publication = log.publication();
        this.sentCounter = sentCounter;
        this.refusals = refusals;
        this.position = publication.position();
    }

    /**
     * Gives it the log on a new driver, to go on in. Any thread.
     *
     * @param next on which the pacer has joined.
     */
    public void succeedWith(final WriterLog next) {
        successor.set(next);
    }

    /** Whether it has gone on in the log that it was given last. Any thread. */
    public boolean hasSucceeded() {
        return successor.get() == null;
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
        final long outcome = offer(lengthBytes);
        if (outcome > 0) {
            claimedPosition = outcome;
            return OfferResult.ACCEPTED;
        }
        final OfferResult result = OfferResult.ofPosition(outcome);
        refuse(result);
        lossRanges.add(sequence, result);
        return result;
    }

    /**
     * Claims room like {@link #claim}, but a refusal uses up no sequence number and is not counted: for a writer that may
     * wait and ask again, which no control or fusion loop is.
     *
     * @param lengthBytes of the message.
     * @return whether there is room, and why not.
     */
    public OfferResult tryClaim(final int lengthBytes) {
        final long outcome = offer(lengthBytes);
        if (outcome > 0) {
            nextSequence++;
            claimedPosition = outcome;
            return OfferResult.ACCEPTED;
        }
        latestRefusal = OfferResult.ofPosition(outcome);
        return latestRefusal;
    }

    /** Counts a message as refused that {@link #tryClaim} found no room for and that is given up. */
    public void giveUp() {
        refuse(latestRefusal);
    }

    /**
     * Sets the reserved value in the header of the claimed message's frame, which is no part of the message.
     *
     * @param value any; 0 unless set.
     */
    public void reservedValue(final long value) {
        bufferClaim.reservedValue(value);
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
        commitCountedLater();
        count();
    }

    /**
     * Like {@link #commit}, but {@link #doWork} brings it into the counter: for the one message a cycle of a loop that has
     * to be quick. The counter is shared with other processes, and at one message a millisecond its line has left the
     * cache each time.
     */
    public void commitCountedLater() {
        bufferClaim.commit();
        position = claimedPosition;
        sent++;
    }

    /** Gives the claimed room back; readers see a hole in the sequence. */
    public void abort() {
        bufferClaim.abort();
        refuse(OfferResult.CLOSED);
        lossRanges.add(nextSequence - 1, OfferResult.CLOSED);
    }

    /**
     * Follows the own stream, brings into the counter what is not counted yet, and goes on in a new log when there is one;
     * to be called once per cycle.
     *
     * @return bytes that the pacer went on.
     */
    public int doWork() {
        count();
        succeed();
        return log.follow();
    }

    /** Goes on in a new log when there is one; between two messages. */
    public void succeed() {
        final WriterLog next = successor.get();
        if (next != null) {
            goOnIn(next);
        }
    }

    /** Losses of this writer that nobody has reported yet. */
    public LossRanges lossRanges() {
        return lossRanges;
    }

    /** The log before the present one, when that has not been said yet. */
    public ReplacedLog replacedLog() {
        return replacedLog;
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
        count();
        final WriterLog next = successor.get();
        if (next != null) {
            next.close();
        }
        log.close();
    }

    /** A term that ran out is gone over once. */
    private long offer(final int lengthBytes) {
        final long outcome = publication.tryClaim(lengthBytes, bufferClaim);
        return outcome == Publication.ADMIN_ACTION ? publication.tryClaim(lengthBytes, bufferClaim) : outcome;
    }

    private void count() {
        if (sent != counted) {
            sentCounter.getAndAddRelease(sent - counted);
            counted = sent;
        }
    }

    private void refuse(final OfferResult reason) {
        refused++;
        refusals.count(reason);
        count();
    }

    /** Refusals at the end of the old log are part of what it says of itself, and need not be said one by one. */
    private void goOnIn(final WriterLog next) {
        replacedLog.set(sessionId(), nextSequence, position);
        while (!lossRanges.isEmpty()) {
            lossRanges.removeOldest();
        }
        log = next;
        publication = next.publication();
        nextSequence = 0;
        position = 0;
        successor.compareAndSet(next, null);
    }
}
