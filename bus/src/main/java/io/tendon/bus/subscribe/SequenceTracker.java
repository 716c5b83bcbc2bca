package io.tendon.bus.subscribe;

import io.tendon.bus.RealTime;
import org.jspecify.annotations.Nullable;

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
    private final @Nullable Object[] logs = new Object[CAPACITY];
    private boolean isAsExpected;
    private boolean isRepeat;
    private boolean isLogLeft;
    private long passedBefore;
    private int used;
    private int oldest;
    private int latest;

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
        return onSequence(sessionId, sequence, null);
    }

    /**
     * Takes note of a message, and of the stretch of log that it was read in.
     *
     * @param sessionId of the writer's life.
     * @param sequence of the message.
     * @param log the same object while the reader reads on without a break, another one after it was cut off.
     * @return how many messages are missing right before it, 0 when none.
     */
    public long onSequence(final int sessionId, final long sequence, final @Nullable Object log) {
        final int slot = latest;
        isAsExpected =
                nextSequences[slot] == sequence && sessionIds[slot] == sessionId && logs[slot] == log && used > 0;
        if (isAsExpected) {
            nextSequences[slot] = sequence + 1;
            return 0;
        }
        return onOther(sessionId, sequence, log);
    }

    /**
     * Whether the latest message is just the next one of the writer that the one before it came from: nothing else is to be
     * said of it then.
     */
    public boolean isAsExpected() {
        return isAsExpected;
    }

    /** Whether the latest message had been passed before. */
    public boolean isRepeat() {
        return !isAsExpected && isRepeat;
    }

    /** Whether the latest message came in another stretch of its writer's log than the one before: what is missing between may have been there. */
    public boolean isLogLeft() {
        return !isAsExpected && isLogLeft;
    }

    /** Sequence numbers before the latest message, when it was its writer's first that was seen; else 0. */
    public long passedBefore() {
        return isAsExpected ? 0 : passedBefore;
    }

    private long onOther(final int sessionId, final long sequence, final @Nullable Object log) {
        isRepeat = false;
        isLogLeft = false;
        passedBefore = 0;
        for (int i = 0; i < used; i++) {
            if (sessionIds[i] == sessionId) {
                latest = i;
                final long missing = sequence - nextSequences[i];
                isLogLeft = logs[i] != log;
                logs[i] = log;
                if (missing < 0) {
                    isRepeat = true;
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
        latest = slot;
        sessionIds[slot] = sessionId;
        nextSequences[slot] = sequence + 1;
        logs[slot] = log;
        passedBefore = sequence;
        return 0;
    }
}
