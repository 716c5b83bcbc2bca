package io.tendon.persistence.recording;

import java.util.ArrayDeque;
import java.util.Deque;
import org.HdrHistogram.Histogram;

/**
 * Of one recording: messages that were read and are not on the device yet, or what was on the device before its messages
 * were read; never both. When the device has not answered for very long, the messages of a full queue are taken together and
 * given the time of the first: none is left out, and no time is made shorter. One owner thread.
 */
final class WaitingMessages {
    private static final int CAPACITY = 1 << 15;

    private final Deque<Waiting> messages = new ArrayDeque<>();
    private final Deque<DurablePositions.Reached> reached = new ArrayDeque<>();

    /**
     * A message was read.
     *
     * @param nextPosition behind it.
     * @param captureNs when it was captured.
     * @param histogram takes its time when it is on the device already.
     */
    void onMessage(final long nextPosition, final long captureNs, final Histogram histogram) {
        while (!reached.isEmpty() && reached.getFirst().position() < nextPosition) {
            reached.removeFirst();
        }
        if (!reached.isEmpty()) {
            histogram.recordValue(Math.max(0, reached.getFirst().timeNs() - captureNs));
            return;
        }
        final Waiting last = messages.peekLast();
        if (last != null && messages.size() >= CAPACITY) {
            last.nextPosition = nextPosition;
            last.captureNs = Math.min(last.captureNs, captureNs);
            last.count++;
        } else {
            messages.addLast(new Waiting(nextPosition, captureNs));
        }
    }

    /**
     * The recording is on the device up to a position.
     *
     * @param position behind what is there.
     * @param timeNs when that was known.
     * @param histogram takes the times of the messages before it.
     */
    void onReached(final long position, final long timeNs, final Histogram histogram) {
        while (!messages.isEmpty() && messages.getFirst().nextPosition <= position) {
            final Waiting message = messages.removeFirst();
            histogram.recordValueWithCount(Math.max(0, timeNs - message.captureNs), message.count);
        }
        if (messages.isEmpty()) {
            if (reached.size() >= CAPACITY) {
                // The later one stands for both.
                reached.removeLast();
            }
            reached.addLast(new DurablePositions.Reached(0, position, timeNs));
        }
    }

    /** Whether no message waits for the device. */
    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** A message, or several that are taken together. */
    private static final class Waiting {
        private long captureNs;
        private long nextPosition;
        private long count = 1;

        Waiting(final long nextPosition, final long captureNs) {
            this.nextPosition = nextPosition;
            this.captureNs = captureNs;
        }
    }
}
