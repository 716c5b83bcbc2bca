package io.tendon.persistence;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.connection.BusConnection;
import io.tendon.persistence.recording.ArchiveHost;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.LongArrayList;

/**
 * A writer in whose log a segment of the recording can be ended at will, by padding, so that a test has many segments of the
 * real length without writing them full. Remembers where each message stands. One owner thread; who asks for the end of a
 * segment, and for what was said, comes from another.
 */
final class RollingWriter implements AutoCloseable {
    private static final long ROLL_TIMEOUT_NS = 20_000_000_000L;
    private static final int FRAME_BYTES = 32;

    private final ExclusivePublication publication;
    private final Subscription pacer;
    private final BufferClaim claim = new BufferClaim();
    private final LongArrayList ends = new LongArrayList();
    private final LongArrayList begins = new LongArrayList();

    RollingWriter(final BusConnection bus, final StreamDescriptor stream) {
        publication = bus.aeron().addExclusivePublication(stream.publicationChannel(), stream.streamId());
        pacer = bus.aeron().addSubscription(stream.pacerChannel(publication.sessionId()), stream.streamId());
        while (pacer.imageCount() == 0) {
            LockSupport.parkNanos(100_000);
        }
    }

    /** Sequence of the next message. */
    long nextSequence() {
        return ends.size();
    }

    int sessionId() {
        return publication.sessionId();
    }

    /** Says something, when there is room for it; else it is as if it had never been asked. */
    void publish(final int lengthBytes, final Encoding encoding) {
        follow();
        final long before = publication.position();
        final long position = claim(lengthBytes);
        if (position > 0) {
            encoding.encode(claim.buffer(), claim.offset(), nextSequence());
            claim.commit();
            synchronized (ends) {
                // A term's end may lie between the last message and this one.
                begins.addLong(Math.max(before, position - aligned(lengthBytes)));
                ends.addLong(position);
            }
        }
    }

    /** Fills the segment up, as fast as the recorder takes it; false when nobody does. */
    boolean roll() {
        final long segment = ArchiveHost.SEGMENT_LENGTH_BYTES;
        final long end = (publication.position() / segment + 1) * segment;
        final long deadlineNs = System.nanoTime() + ROLL_TIMEOUT_NS;
        while (publication.position() < end) {
            final long left = end - publication.position();
            final int lengthBytes = (int) Math.min(publication.maxMessageLength() / 2, left) - FRAME_BYTES;
            if (publication.appendPadding(Math.max(0, lengthBytes)) < 0) {
                LockSupport.parkNanos(200_000);
            }
            follow();
            if (System.nanoTime() - deadlineNs > 0) {
                return false;
            }
        }
        return true;
    }

    /** Follows the own stream, as every writer does. */
    void follow() {
        pacer.controlledPoll(
                (buffer, offset, length, header) -> ControlledFragmentHandler.Action.CONTINUE, Integer.MAX_VALUE);
    }

    /** Where the messages begin and end that were said until now, two numbers each. */
    long[] places() {
        synchronized (ends) {
            final long[] places = new long[2 * ends.size()];
            for (int i = 0; i < ends.size(); i++) {
                places[2 * i] = begins.getLong(i);
                places[2 * i + 1] = ends.getLong(i);
            }
            return places;
        }
    }

    @Override
    public void close() {
        publication.close();
        pacer.close();
    }

    private long claim(final int lengthBytes) {
        final long outcome = publication.tryClaim(lengthBytes, claim);
        return outcome == Publication.ADMIN_ACTION ? publication.tryClaim(lengthBytes, claim) : outcome;
    }

    private static long aligned(final int lengthBytes) {
        return BitUtil.align((long) lengthBytes + FRAME_BYTES, FRAME_BYTES);
    }

    /** Writes a message into the log. */
    @FunctionalInterface
    interface Encoding {
        void encode(MutableDirectBuffer buffer, int offset, long sequence);
    }
}
