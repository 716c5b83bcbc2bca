package io.tendon.bus.subscribe;

import io.tendon.bus.RealTime;

/**
 * Follows the sequence numbers of the writers of one stream. A writer's first message that is seen sets its start;
 * numbers that were passed before are no loss (the reader may read twice after it was left behind). Remembers the last
 * {@value #CAPACITY} writer lives. One owner thread.
 */
@RealTime
public final class SequenceTracker {
    /** Writer lives that are remembered at once. */
    public static final int CAPACITY = 16;

    private final int[] sessionIds = new int[CAPACITY];
    private final long[] nextSequences = new long[CAPACITY];
    private int used;
    private int oldest;

    /** Knows no writer yet. */
    public SequenceTracker() {}

    /**
     * Takes note of a message.
     *
     * @param sessionId of the writer's life.
     * @param sequence of the message.
     * @return how many messages are missing right before it, 0 when none.
     */
    public long onSequence(final int sessionId, final long sequence) {
        for (int i = 0; i < used; i++) {
            if (sessionIds[i] == sessionId) {
                final long missing = sequence - nextSequences[i];
                if (missing < 0) {
                    return 0;
                }
                nextSequences[i] = sequence + 1;
                return missing;
            }
        }
        final int slot;
        if (used < CAPACITY) {
            slot = used++;
        } else {
            slot = oldest;
            oldest = (oldest + 1) % CAPACITY;
        }
        sessionIds[slot] = sessionId;
        nextSequences[slot] = sequence + 1;
        return 0;
    }
}
