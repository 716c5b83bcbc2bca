package io.tendon.fusion.rewindow;

import io.tendon.fusion.align.Window;
import io.tendon.sessionlog.recording.TimeRange;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a session window by window, from the first that fusion made to the last: takes from fusion.state what it was
 * in the run, and from control.state what it is with everything that is in the log. One owner thread.
 */
final class Rewindow {
    private final RunWindows run;
    private final LogWindows log;
    private final CycleGaps gaps;
    private final SlotJudge judge;
    private final TimeRange range;
    private final long windowNs;
    private final long samplePeriodNs;
    private final boolean isGrowing;
    private final RewindowTotals totals = new RewindowTotals();
    private @Nullable Window logHead;

    /**
     * Ready to go.
     *
     * @param run what fusion said.
     * @param log what is in the log, in windows of the same slots.
     * @param gaps filled by {@code log}.
     * @param unseen what fusion says it did not get.
     * @param timing how the windows are cut.
     * @param range of capture times; windows that are not wholly within are left out.
     * @param isGrowing whether the session is being recorded: what the log has not come to yet is then left out.
     */
    Rewindow(
            final RunWindows run,
            final LogWindows log,
            final CycleGaps gaps,
            final UnseenSamples unseen,
            final RewindowTiming timing,
            final TimeRange range,
            final boolean isGrowing) {
        this.run = run;
        this.log = log;
        this.gaps = gaps;
        this.range = range;
        this.isGrowing = isGrowing;
        windowNs = timing.windowNs();
        samplePeriodNs = timing.samplePeriodNs();
        judge = new SlotJudge(timing.slots(), samplePeriodNs, gaps, unseen);
    }

    /**
     * Compares all windows.
     *
     * @param listener told of every window that is compared, in order.
     * @return what they add up to.
     */
    RewindowTotals run(final Consumer<ComparedWindow> listener) {
        logHead = log.next();
        long nextNs = firstStartNs();
        while (run.nextStartNs() != Long.MAX_VALUE) {
            skipLogBefore(nextNs);
            final Window head = logHead;
            final long saidNs = Math.max(nextNs, floor(run.nextStartNs()));
            final long startNs = head == null ? saidNs : Math.min(saidNs, head.startNs());
            final boolean isBehindLog = head == null && isGrowing && startNs + windowNs > log.newestNs();
            if (startNs + windowNs > range.toNs() || isBehindLog) {
                break;
            }
            final Window there = head != null && head.startNs() == startNs ? head : null;
            final RunWindows.Cut said = run.cut(startNs, (int) (windowNs / samplePeriodNs), samplePeriodNs);
            // Of what fusion has said nothing of at its end, nobody knows whether it would have.
            if (said.isWhole() || (there != null && run.nextStartNs() != Long.MAX_VALUE)) {
                final ComparedWindow window = judge.judge(startNs, said, there);
                totals.add(window);
                listener.accept(window);
            }
            nextNs = startNs + windowNs;
            gaps.forgetBefore(nextNs);
        }
        return totals;
    }

    /** The first whole window within the range that begins where fusion's first one does, or later. */
    private long firstStartNs() {
        final long fromNs = Math.max(range.fromNs(), run.nextStartNs());
        return fromNs == Long.MAX_VALUE ? fromNs : floor(fromNs + windowNs - 1);
    }

    private void skipLogBefore(final long startNs) {
        Window head = logHead;
        while (head != null && head.startNs() < startNs) {
            head = log.next();
        }
        logHead = head;
    }

    private long floor(final long timeNs) {
        return Math.floorDiv(timeNs, windowNs) * windowNs;
    }
}
