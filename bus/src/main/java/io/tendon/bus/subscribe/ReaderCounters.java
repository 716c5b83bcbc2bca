package io.tendon.bus.subscribe;

import io.tendon.bus.RealTime;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.BusCounters;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Counts what one reader of a stream got and did not get, in shared memory, so that it can be held against what the writers
 * counted. One owner thread, the subscriber's.
 */
@RealTime
public final class ReaderCounters {
    private final AtomicCounter received;
    private final AtomicCounter repeated;
    private final AtomicCounter gaps;
    private final AtomicCounter leftBehind;
    private final AtomicCounter beforeJoining;

    /**
     * Goes on with what earlier lives of the node have counted.
     *
     * @param counters of the node.
     * @param stream that is read.
     */
    public ReaderCounters(final BusCounters counters, final StreamDescriptor stream) {
        received = counters.stream(BusCounter.RECEIVED, stream);
        repeated = counters.stream(BusCounter.REPEATED, stream);
        gaps = counters.stream(BusCounter.GAPS, stream);
        leftBehind = counters.stream(BusCounter.LEFT_BEHIND, stream);
        beforeJoining = counters.stream(BusCounter.BEFORE_JOINING, stream);
    }

    /**
     * Counts messages.
     *
     * @param messages that came.
     */
    void received(final long messages) {
        received.getAndAddRelease(messages);
    }

    /**
     * Counts what is to be said of a message that was not as expected.
     *
     * @param tracker that has just taken note of it.
     * @param missing right before it, 0 when nothing.
     */
    void unexpected(final SequenceTracker tracker, final long missing) {
        if (missing > 0) {
            if (tracker.isLogLeft()) {
                leftBehind.getAndAddRelease(missing);
            }
            gaps.getAndAddRelease(missing);
        } else if (tracker.isRepeat()) {
            repeated.getAndAddRelease(1);
        } else if (tracker.passedBefore() > 0) {
            beforeJoining.getAndAddRelease(tracker.passedBefore());
        }
    }
}
