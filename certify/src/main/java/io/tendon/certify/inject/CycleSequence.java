package io.tendon.certify.inject;

/**
 * Makes lateness samples of control's messages, one after another. A message says of the executed cycle before it when it
 * was due and when it began; the cycles that were missed in between come from the numbers of the cycles, each as late as the
 * loop that could not run. Where a message is missing, or another life of control begins, it begins anew. One owner thread.
 */
final class CycleSequence {
    private static final long NONE = Long.MIN_VALUE;

    private final LatenessSamples samples;
    private int sessionId;
    private long sequence = NONE;
    private long cycle;
    private long dueTimeNs = NONE;
    private long dueCycle;
    private long unseen;

    /**
     * Knows nothing yet.
     *
     * @param samples that are added to.
     */
    CycleSequence(final LatenessSamples samples) {
        this.samples = samples;
    }

    /**
     * Takes a message.
     *
     * @param messageSessionId of the writer's life.
     * @param messageSequence of the message.
     * @param messageCycle number of its cycle.
     * @param previousDueTimeNs when the executed cycle before was due.
     * @param previousWokenTimeNs when that began.
     */
    void onMessage(
            final int messageSessionId,
            final long messageSequence,
            final long messageCycle,
            final long previousDueTimeNs,
            final long previousWokenTimeNs) {
        final boolean isSameLife = sequence != NONE && messageSessionId == sessionId;
        if (isSameLife && messageSequence <= sequence) {
            return;
        }
        if (isSameLife && messageSequence == sequence + 1) {
            addCyclesUpTo(cycle, previousDueTimeNs, previousWokenTimeNs - previousDueTimeNs);
            dueTimeNs = previousDueTimeNs;
            dueCycle = cycle;
        } else {
            unseen += isSameLife ? messageSequence - sequence - 1 : 0;
            dueTimeNs = NONE;
        }
        sessionId = messageSessionId;
        sequence = messageSequence;
        cycle = messageCycle;
    }

    /** Messages that are missing in the middle of a life of control. */
    long unseen() {
        return unseen;
    }

    private void addCyclesUpTo(final long executedCycle, final long executedDueTimeNs, final long latenessNs) {
        if (dueTimeNs != NONE && executedCycle > dueCycle) {
            final long steps = executedCycle - dueCycle;
            final long periodNs = (executedDueTimeNs - dueTimeNs) / steps;
            for (long missed = steps - 1; missed > 0; missed--) {
                samples.add(executedDueTimeNs - missed * periodNs, latenessNs + missed * periodNs);
            }
        }
        samples.add(executedDueTimeNs, latenessNs);
    }
}
