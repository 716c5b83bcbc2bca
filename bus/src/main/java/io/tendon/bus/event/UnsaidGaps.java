package io.tendon.bus.event;

import io.tendon.bus.RealTime;

/** Gaps that a reader saw and that could not be said yet, oldest first; those that do not fit are counted. One owner thread. */
@RealTime
final class UnsaidGaps {
    /** Gaps that are kept. */
    static final int CAPACITY = 16;

    private final int[] streamIds = new int[CAPACITY];
    private final int[] sessionIds = new int[CAPACITY];
    private final long[] firstSequences = new long[CAPACITY];
    private final long[] lastSequences = new long[CAPACITY];
    private int head;
    private int count;
    private long dropped;

    void add(final int streamId, final int sessionId, final long firstSequence, final long lastSequence) {
        if (count == CAPACITY) {
            dropped++;
            return;
        }
        final int next = (head + count) % CAPACITY;
        streamIds[next] = streamId;
        sessionIds[next] = sessionId;
        firstSequences[next] = firstSequence;
        lastSequences[next] = lastSequence;
        count++;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Stream of the oldest; only when not empty, as all that follow. */
    int streamId() {
        return streamIds[head];
    }

    int sessionId() {
        return sessionIds[head];
    }

    long firstSequence() {
        return firstSequences[head];
    }

    long lastSequence() {
        return lastSequences[head];
    }

    void removeOldest() {
        head = (head + 1) % CAPACITY;
        count--;
    }

    /** Gaps that did not fit. */
    long dropped() {
        return dropped;
    }
}
