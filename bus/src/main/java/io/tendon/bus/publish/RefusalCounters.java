package io.tendon.bus.publish;

import io.tendon.bus.RealTime;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.BusCounters;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Counts the offers that were refused to one writer on one stream, in all and by reason, in shared memory. The reasons add
 * up to all. One owner thread, the publisher's.
 */
@RealTime
public final class RefusalCounters {
    private final AtomicCounter all;
    private final AtomicCounter backPressured;
    private final AtomicCounter notConnected;
    private final AtomicCounter adminAction;
    private final AtomicCounter closed;
    private final AtomicCounter maxPosition;

    /**
     * Goes on with what earlier lives of the node have counted.
     *
     * @param counters of the node.
     * @param stream that is written.
     */
    public RefusalCounters(final BusCounters counters, final StreamDescriptor stream) {
        all = counters.stream(BusCounter.REFUSED, stream);
        backPressured = counters.stream(BusCounter.REFUSED_BACK_PRESSURED, stream);
        notConnected = counters.stream(BusCounter.REFUSED_NOT_CONNECTED, stream);
        adminAction = counters.stream(BusCounter.REFUSED_ADMIN_ACTION, stream);
        closed = counters.stream(BusCounter.REFUSED_CLOSED, stream);
        maxPosition = counters.stream(BusCounter.REFUSED_MAX_POSITION, stream);
    }

    /**
     * Counts one refusal.
     *
     * @param reason any but {@link OfferResult#ACCEPTED}.
     */
    void count(final OfferResult reason) {
        of(reason).getAndAddRelease(1);
        all.getAndAddRelease(1);
    }

    private AtomicCounter of(final OfferResult reason) {
        return switch (reason) {
            case BACK_PRESSURED -> backPressured;
            case NOT_CONNECTED -> notConnected;
            case ADMIN_ACTION -> adminAction;
            case MAX_POSITION -> maxPosition;
            case CLOSED -> closed;
            case ACCEPTED -> throw new IllegalArgumentException("an accepted offer is no refusal");
        };
    }
}
