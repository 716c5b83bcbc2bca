package io.tendon.fusion.rewindow;

import io.tendon.fusion.align.ArmSample;
import io.tendon.fusion.align.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what became of each sample that a window waits for. One owner thread. */
final class SlotJudge {
    private final int slots;
    private final long samplePeriodNs;
    private final CycleGaps gaps;
    private final UnseenSamples unseen;

    SlotJudge(final int slots, final long samplePeriodNs, final CycleGaps gaps, final UnseenSamples unseen) {
        this.slots = slots;
        this.samplePeriodNs = samplePeriodNs;
        this.gaps = gaps;
        this.unseen = unseen;
    }

    /**
     * Compares a window.
     *
     * @param startNs first capture time of it, ns since the epoch.
     * @param run what fusion said of it.
     * @param log what is in the log of it; null when nothing is.
     * @return every slot with its fate.
     */
    ComparedWindow judge(final long startNs, final RunWindows.Cut run, final @Nullable Window log) {
        final List<@Nullable SlotFate> fates = new ArrayList<>(Collections.nCopies(slots, null));
        final long logMask = log == null ? 0 : log.completenessMask();
        if (log != null) {
            for (int i = 0; i < log.receivedSamples(); i++) {
                final ArmSample sample = log.sample(i);
                final int slot = (int) ((sample.captureTimeNs - startNs) / samplePeriodNs);
                fates.set(slot, fate(run, sample, slot));
            }
        }
        for (int slot = 0; slot < slots; slot++) {
            if ((run.mask() & 1L << slot) != 0) {
                fates.set(slot, SlotFate.IN_TIME);
            }
        }
        // Where a life of control took over from another one, fusion's bits and those of the log are of different
        // samples.
        final boolean isOfSameLife =
                log == null || run.sessionId() == RunWindows.Cut.NO_SESSION || run.sessionId() == log.sessionId();
        final int unrecorded = isOfSameLife ? Long.bitCount(run.mask() & ~logMask) : 0;
        final int doubled = log == null ? 0 : log.receivedSamples() - Long.bitCount(logMask);
        return new ComparedWindow(startNs, run.isWhole(), fill(fates, startNs, unrecorded, doubled), unrecorded);
    }

    private SlotFate fate(final RunWindows.Cut run, final ArmSample sample, final int slot) {
        if (!run.isWhole()) {
            return SlotFate.NO_WINDOW;
        }
        final boolean isBegin = (run.beginMask() & 1L << slot) != 0;
        return isBegin || unseen.contains(sample.sessionId, sample.sequence) ? SlotFate.NEVER_SEEN : SlotFate.LATE;
    }

    /** Finds the causes of what is empty: of each slot by its time, then of what is left in the window as it comes. */
    private List<SlotFate> fill(
            final List<@Nullable SlotFate> fates, final long startNs, final int unrecorded, final int doubled) {
        final long endNs = startNs + slots * samplePeriodNs;
        // What fusion had and the log has not was not lost at the writer, though it leaves a hole in the sequence too.
        long lost = Math.max(0, gaps.lost(startNs, endNs) - unrecorded);
        long missed = gaps.missed(startNs, endNs);
        for (int slot = 0; slot < slots && lost + missed > 0; slot++) {
            final long slotNs = startNs + slot * samplePeriodNs;
            if (fates.get(slot) == null && lost > 0 && gaps.lost(slotNs, slotNs + samplePeriodNs) > 0) {
                fates.set(slot, SlotFate.LOST);
                lost--;
            } else if (fates.get(slot) == null && missed > 0 && gaps.missed(slotNs, slotNs + samplePeriodNs) > 0) {
                fates.set(slot, SlotFate.MISSED);
                missed--;
            }
        }
        final Iterator<SlotFate> left = left(lost, missed, doubled);
        final List<SlotFate> filled = new ArrayList<>(slots);
        for (final SlotFate fate : fates) {
            filled.add(fate == null ? left.next() : fate);
        }
        return filled;
    }

    private Iterator<SlotFate> left(final long lost, final long missed, final long doubled) {
        return Stream.of(
                        Stream.generate(() -> SlotFate.LOST).limit(lost),
                        Stream.generate(() -> SlotFate.MISSED).limit(missed),
                        Stream.generate(() -> SlotFate.SHIFTED).limit(doubled),
                        Stream.generate(() -> SlotFate.SILENT).limit(slots))
                .flatMap(causes -> causes)
                .iterator();
    }
}
