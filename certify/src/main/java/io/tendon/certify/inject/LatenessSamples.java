package io.tendon.certify.inject;

import java.util.Arrays;

/** Every cycle that was due, in order: when, and how late the loop could run. Grows. One owner thread. */
final class LatenessSamples {
    private static final int FIRST_CAPACITY = 1 << 16;

    private long[] dueTimesNs = new long[FIRST_CAPACITY];
    private long[] latenessesNs = new long[FIRST_CAPACITY];
    private int count;

    LatenessSamples() {}

    /**
     * Adds a cycle.
     *
     * @param dueTimeNs when it was due, ns of the session's clock.
     * @param latenessNs from then until the loop could run; a loop that was early counts as punctual.
     */
    void add(final long dueTimeNs, final long latenessNs) {
        if (count == dueTimesNs.length) {
            dueTimesNs = Arrays.copyOf(dueTimesNs, 2 * count);
            latenessesNs = Arrays.copyOf(latenessesNs, 2 * count);
        }
        dueTimesNs[count] = dueTimeNs;
        latenessesNs[count] = Math.max(0, latenessNs);
        count++;
    }

    /**
     * Lateness of the cycles that were due in a span.
     *
     * @param fromNs first that belongs to it.
     * @param toNs first that is behind it.
     * @return their latenesses, ns.
     */
    long[] between(final long fromNs, final long toNs) {
        final long[] chosen = new long[count];
        int length = 0;
        for (int i = 0; i < count; i++) {
            if (dueTimesNs[i] >= fromNs && dueTimesNs[i] < toNs) {
                chosen[length++] = latenessesNs[i];
            }
        }
        return Arrays.copyOf(chosen, length);
    }
}
