package io.tendon.fusion.align;

import io.tendon.bus.RealTime;
import java.util.Arrays;

/**
 * Remembers which samples came, so that a second copy is known as one after its window was handed out. Forgets a sample
 * when one comes whose sequence differs by a multiple of {@link #capacity()}. Owned by fusion's one thread; allocates
 * nothing after construction.
 */
@RealTime
final class SeenSamples {
    private static final long NONE = Long.MIN_VALUE;

    private final long[] sequences;
    private final int[] sessionIds;

    /**
     * Remembers none.
     *
     * @param atLeast how many samples in a row are to be remembered, 2 or more.
     */
    SeenSamples(final int atLeast) {
        final int capacity = Integer.highestOneBit(atLeast - 1) << 1;
        sequences = new long[capacity];
        sessionIds = new int[capacity];
        Arrays.fill(sequences, NONE);
    }

    /** How many sequences in a row of one life of control are remembered. */
    int capacity() {
        return sequences.length;
    }

    void add(final ArmSample sample) {
        final int at = at(sample);
        sequences[at] = sample.sequence;
        sessionIds[at] = sample.sessionId;
    }

    boolean contains(final ArmSample sample) {
        final int at = at(sample);
        return sequences[at] == sample.sequence && sessionIds[at] == sample.sessionId;
    }

    private int at(final ArmSample sample) {
        return (int) (sample.sequence & (sequences.length - 1));
    }
}
