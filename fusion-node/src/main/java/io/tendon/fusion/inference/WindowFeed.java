package io.tendon.fusion.inference;

import io.tendon.bus.RealTime;
import io.tendon.fusion.align.Window;
import io.tendon.fusion.estimator.JointEstimator;
import org.jspecify.annotations.Nullable;

/**
 * The loop's end: hands every N-th window over if the model is free, counts it as skipped if it is not, and passes on what
 * came back. Never waits, and allocates nothing after construction. Fusion's thread.
 */
@RealTime
public final class WindowFeed implements WindowListener {
    private final WindowFeatures features;
    private final WindowHandOver handOver;
    private final int everyWindows;
    private final GapWatch gaps;
    private final ScoreThreshold threshold;
    private final ScoreListener listener;

    /** The one place; null while inference has it. */
    private @Nullable InferenceSlot slot;

    private int windowsUntilNext;
    private boolean isIsolated;
    private long skippedWindows;
    private long emptyWindows;

    /**
     * The loop's end of a hand-over.
     *
     * @param features that the model is shown.
     * @param handOver to the model's thread.
     * @param everyWindows 1 for each window, 2 for every other.
     * @param gaps in the samples, for this feed alone.
     * @param threshold of a window's score.
     * @param listener that is told what became of them.
     */
    public WindowFeed(
            final WindowFeatures features,
            final WindowHandOver handOver,
            final int everyWindows,
            final GapWatch gaps,
            final ScoreThreshold threshold,
            final ScoreListener listener) {
        this.features = features;
        this.handOver = handOver;
        this.everyWindows = everyWindows;
        this.threshold = threshold;
        this.gaps = gaps;
        this.listener = listener;
        this.slot = new InferenceSlot(features.elements());
    }

    @Override
    public void onWindow(final Window window, final JointEstimator estimate, final long nowNs) {
        collect();
        final int windowsSinceGap = gaps.update(window);
        if (isIsolated || windowsUntilNext-- > 0) {
            return;
        }
        windowsUntilNext = everyWindows - 1;
        final InferenceSlot free = slot;
        if (free == null) {
            skippedWindows++;
        } else if (!gaps.isJudged() || !features.fill(window, estimate, free.features)) {
            emptyWindows++;
        } else {
            slot = null;
            free.threshold = threshold.of(windowsSinceGap);
            handOver(free, window, nowNs);
        }
    }

    @Override
    public void doWork(final long nowNs) {
        collect();
        listener.onCounts(skippedWindows, emptyWindows, nowNs);
    }

    private void collect() {
        if (slot != null) {
            return;
        }
        final InferenceSlot answered = handOver.takeAnswered();
        if (answered == null) {
            return;
        }
        slot = answered;
        final String fault = answered.fault;
        if (fault == null) {
            listener.onScore(answered);
        } else {
            isIsolated = true;
            listener.onIsolated(answered, fault);
        }
    }

    private void handOver(final InferenceSlot filled, final Window window, final long nowNs) {
        filled.windowStartNs = window.startNs();
        filled.windowEndNs = window.endNs();
        filled.handedOverNs = nowNs;
        filled.skippedWindows = skippedWindows;
        filled.sessionId = window.sessionId();
        filled.fromPosition = window.fromPosition();
        filled.toPosition = window.toPosition();
        handOver.ask(filled);
    }
}
