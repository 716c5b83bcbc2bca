package io.tendon.fusion.rewindow;

import io.tendon.fusion.link.RecordedStatements.SaidCycle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The cycles of control that left no sample in the log, and why: a hole in the sequence is a sample that was lost, a hole in
 * the cycle's number without one is a cycle that was missed. They are taken to be evenly spread over the slots between the
 * samples before and behind, the lost ones first. One owner thread.
 */
final class CycleGaps {
    private final long samplePeriodNs;
    private final Map<Integer, SaidCycle> lastOfLife = new HashMap<>();
    private final Deque<Gap> gaps = new ArrayDeque<>();

    /**
     * Knows of none.
     *
     * @param samplePeriodNs length of a slot, ns.
     */
    CycleGaps(final long samplePeriodNs) {
        this.samplePeriodNs = samplePeriodNs;
    }

    /**
     * Takes note of a sample; those of one life in the order of the log.
     *
     * @param sessionId of the life of control.
     * @param sample that is in the log.
     */
    void onSample(final int sessionId, final SaidCycle sample) {
        final SaidCycle last = lastOfLife.put(sessionId, sample);
        if (last == null || sample.captureTimeNs() <= last.captureTimeNs()) {
            return;
        }
        final long lost = Math.max(0, sample.sequence() - last.sequence() - 1);
        final long cycles = Math.max(lost, sample.cycle() - last.cycle() - 1);
        final long fromNs = (Math.floorDiv(last.captureTimeNs(), samplePeriodNs) + 1) * samplePeriodNs;
        final long toNs = Math.floorDiv(sample.captureTimeNs(), samplePeriodNs) * samplePeriodNs;
        if (cycles > 0 && fromNs < toNs) {
            gaps.add(new Gap(fromNs, toNs, cycles, lost));
        }
    }

    /** Samples that were lost, captured in this range as far as can be told. */
    long lost(final long fromNs, final long toNs) {
        long lost = 0;
        for (final Gap gap : gaps) {
            lost += gap.lostBefore(toNs) - gap.lostBefore(fromNs);
        }
        return lost;
    }

    /** Cycles that were missed, due in this range as far as can be told. */
    long missed(final long fromNs, final long toNs) {
        long missed = 0;
        for (final Gap gap : gaps) {
            missed += gap.missedBefore(toNs) - gap.missedBefore(fromNs);
        }
        return missed;
    }

    /** Forgets what ends before a time. */
    void forgetBefore(final long timeNs) {
        Gap oldest = gaps.peek();
        while (oldest != null && oldest.toNs() <= timeNs) {
            gaps.remove();
            oldest = gaps.peek();
        }
    }

    /** Cycles within slots that hold no sample, evenly spread; the first of them lost, the others missed. */
    private record Gap(long fromNs, long toNs, long cycles, long lost) {
        long lostBefore(final long timeNs) {
            return Math.min(lost, before(timeNs));
        }

        long missedBefore(final long timeNs) {
            return before(timeNs) - lostBefore(timeNs);
        }

        /** Each cycle stands in the middle of its share. */
        private long before(final long timeNs) {
            final double shares = (double) (timeNs - fromNs) / (toNs - fromNs) * cycles;
            return Math.max(0, Math.min(cycles, (long) Math.ceil(shares - 0.5)));
        }
    }
}
