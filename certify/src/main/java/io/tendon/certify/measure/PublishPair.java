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
 * Our publisher on control.state and bare Aeron on two streams like it: one message a tick, as in a control cycle, ours in
 * every second tick. Two in one tick would not be equal, as the first warms caches for the next. Owner: the thread that
 * measures.
 */
final class PublishPair implements AutoCloseable {
    private static final int JOINTS = 6;
    private static final int LENGTH_BYTES = MessageLengths.jointState(JOINTS, 1);
    private static final int OURS = 0;
    private static final int RAW = 1;
    private static final int AGAIN = 2;
    private static final int[] TURNS = {OURS, RAW, OURS, AGAIN};
    private static final int WARM_UP_MESSAGES = 50_000;

    private final MessagePublisher publisher;
    private final RawStream raw;
    private final RawStream again;
    private final BusClock clock;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[LENGTH_BYTES]);
    private final long[][] costsNs;
    private final int[] counts = new int[AGAIN + 1];

    PublishPair(final BusConnection bus, final int ticks) {
        clock = bus.clock();
        publisher = bus.addPublisher(StreamCatalog.CONTROL_STATE);
        raw = new RawStream(bus, 2001);
        again = new RawStream(bus, 2002);
        costsNs = new long[][] {new long[ticks / 2], new long[ticks / 4], new long[ticks / 4]};
    }

    /** Publishes without waiting, until the compiler is through with it. */
    void warmUp() {
        for (int i = 0; i < WARM_UP_MESSAGES; i++) {
            counts[TURNS[i % TURNS.length]] = 0;
            publishOne(TURNS[i % TURNS.length]);
        }
    }

    /** Measures one stretch. */
    PublishCost.Pair measure(final CyclePacer pacer) {
        Arrays.fill(counts, 0);
        pacer.start(clock.nanoTime() + 2 * pacer.periodNs());
        for (int i = 0; i < 2 * costsNs[OURS].length; i++) {
            pacer.await();
            publishOne(TURNS[i % TURNS.length]);
        }
        for (final long[] costs : costsNs) {
            Arrays.sort(costs);
        }
        return new PublishCost.Pair(at(OURS, 50), at(OURS, 99), at(RAW, 50), at(RAW, 99), at(AGAIN, 50), at(AGAIN, 99));
    }

    @Override
    public void close() {
        raw.close();
        again.close();
    }

    @RealTime
    private void publishOne(final int way) {
        final long beginNs = System.nanoTime();
        switch (way) {
            case OURS -> publish();
            case RAW -> raw.publish(message);
            default -> again.publish(message);
        }
        costsNs[way][counts[way]++] = System.nanoTime() - beginNs;
        switch (way) {
            case OURS -> publisher.doWork();
            case RAW -> raw.follow();
            default -> again.follow();
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
