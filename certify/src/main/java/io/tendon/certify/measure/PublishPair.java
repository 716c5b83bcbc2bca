package io.tendon.certify.measure;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.BlockHandler;
import io.aeron.logbuffer.BufferClaim;
import io.tendon.bus.RealTime;
import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.clock.BusClock;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.cycle.CyclePacer;
import io.tendon.bus.publish.MessagePublisher;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Our publisher on control.state and bare Aeron on two streams like it, each with one message a tick. Owner: the thread
 * that measures.
 */
final class PublishPair implements AutoCloseable {
    private static final int JOINTS = 6;
    private static final int LENGTH_BYTES = MessageLengths.jointState(JOINTS, 1);
    private static final int WAYS = 3;

    private final MessagePublisher publisher;
    private final RawStream raw;
    private final RawStream again;
    private final BusClock clock;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[LENGTH_BYTES]);
    private final long[][] costsNs;

    PublishPair(final BusConnection bus, final int ticks) {
        clock = bus.clock();
        publisher = bus.addPublisher(StreamCatalog.CONTROL_STATE);
        raw = new RawStream(bus, 2001);
        again = new RawStream(bus, 2002);
        costsNs = new long[WAYS][ticks];
    }

    /** Measures one stretch. */
    PublishCost.Pair measure(final CyclePacer pacer) {
        final int ticks = costsNs[0].length;
        pacer.start(clock.nanoTime() + 2 * pacer.periodNs());
        for (int i = 0; i < ticks; i++) {
            pacer.await();
            publishAll(i);
            publisher.doWork();
            raw.follow();
            again.follow();
        }
        for (final long[] costs : costsNs) {
            Arrays.sort(costs);
        }
        return new PublishCost.Pair(at(0, 50), at(0, 99), at(1, 50), at(1, 99), at(2, 50), at(2, 99));
    }

    @Override
    public void close() {
        raw.close();
        again.close();
    }

    @RealTime
    private void publishAll(final int tick) {
        for (int i = 0; i < WAYS; i++) {
            // Whoever comes first in a tick finds the caches cold, so each does every third time.
            final int way = (tick + i) % WAYS;
            final long beginNs = System.nanoTime();
            switch (way) {
                case 0 -> publish();
                case 1 -> raw.publish(message);
                default -> again.publish(message);
            }
            costsNs[way][tick] = System.nanoTime() - beginNs;
        }
    }

    @RealTime
    private void publish() {
        if (publisher.claim(LENGTH_BYTES).isAccepted()) {
            publisher.buffer().putBytes(publisher.offset(), message, 0, LENGTH_BYTES);
            publisher.commitCountedLater();
        } else {
            throw new IllegalStateException("a message was refused, which costs nothing and proves nothing");
        }
    }

    private long at(final int way, final int percent) {
        return costsNs[way][Math.min(costsNs[way].length - 1, costsNs[way].length * percent / 100)];
    }

    /** Aeron as it comes, with the same sizes and a reader like our pacer. */
    private static final class RawStream implements AutoCloseable {
        private static final int BLOCK_BYTES = 1 << 20;
        private static final BlockHandler IGNORE = (buffer, offset, length, sessionId, termId) -> {};

        private final ExclusivePublication publication;
        private final Subscription pacer;
        private final Image image;
        private final BufferClaim claim = new BufferClaim();

        RawStream(final BusConnection bus, final int streamId) {
            publication =
                    bus.aeron().addExclusivePublication(StreamCatalog.CONTROL_STATE.publicationChannel(), streamId);
            pacer = bus.aeron()
                    .addSubscription(StreamCatalog.CONTROL_STATE.pacerChannel(publication.sessionId()), streamId);
            while (pacer.imageCount() == 0) {
                LockSupport.parkNanos(1_000_000);
            }
            image = pacer.imageAtIndex(0);
        }

        @RealTime
        void publish(final UnsafeBuffer message) {
            if (publication.tryClaim(LENGTH_BYTES, claim) > 0) {
                claim.buffer().putBytes(claim.offset(), message, 0, LENGTH_BYTES);
                claim.commit();
            } else {
                throw new IllegalStateException("bare Aeron refused a message");
            }
        }

        @RealTime
        void follow() {
            image.blockPoll(IGNORE, BLOCK_BYTES);
        }

        @Override
        public void close() {
            pacer.close();
            publication.close();
        }
    }
}
