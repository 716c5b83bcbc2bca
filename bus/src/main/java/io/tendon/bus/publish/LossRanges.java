package io.tendon.bus.publish;

import io.tendon.bus.RealTime;

/**
 * Ranges of sequence numbers that are lost and not yet reported, oldest first. Bounded: when it is full the newest range
 * grows over what lies between, so that nothing lost goes unreported (and the range says more than was lost). One owner
 * thread.
 */
@RealTime
public final class LossRanges {
    /** Ranges that are kept apart. */
    public static final int CAPACITY = 32;

    private final long[] first = new long[CAPACITY];
    private final long[] last = new long[CAPACITY];
    private final OfferResult[] reason = new OfferResult[CAPACITY];
    private int head;
    private int count;
    private boolean hasGrown;

    /** An empty list. */
    public LossRanges() {}

    /**
     * Adds one lost sequence number, above all that were added before.
     *
     * @param sequence that was lost.
     * @param why it was.
     */
    public void add(final long sequence, final OfferResult why) {
        hasGrown = true;
        if (count > 0) {
            final int newest = (head + count - 1) % CAPACITY;
            final boolean continues = last[newest] + 1 == sequence && reason[newest] == why;
            if (continues || count == CAPACITY) {
                last[newest] = sequence;
                return;
            }
        }
        final int next = (head + count) % CAPACITY;
        first[next] = sequence;
        last[next] = sequence;
        reason[next] = why;
        count++;
    }

    /** Whether a sequence number was added since this was last asked: the newest range may still be growing. */
    public boolean takeGrown() {
        final boolean had = hasGrown;
        hasGrown = false;
        return had;
    }

    /** Whether there is nothing to report. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** First sequence of the oldest range; only when not empty. */
    public long firstSequence() {
        return first[head];
    }

    /** Last sequence of the oldest range; only when not empty. */
    public long lastSequence() {
        return last[head];
    }

    /** Why the oldest range was lost; only when not empty. */
    public OfferResult reason() {
        return reason[head];
    }

    /** Forgets the oldest range, once it is reported. */
    public void removeOldest() {
        head = (head + 1) % CAPACITY;
        count--;
    }
}
