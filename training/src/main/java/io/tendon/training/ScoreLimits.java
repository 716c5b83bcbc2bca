package io.tendon.training;

import io.tendon.fusion.inference.ScoreThreshold;
import java.util.ArrayList;
import java.util.List;

/**
 * The highest score of an arm that is well, by the windows since a gap, made into thresholds: a share above it, and never lower
 * nearer to the gap than further from it. One owner thread.
 */
final class ScoreLimits {
    /** Windows after a gap that have a threshold of their own; two and two share one, so that each has seen enough. */
    static final int WINDOWS = 80;

    private static final int SHARED = 2;

    private final double[] highest = new double[WINDOWS / SHARED + 1];
    private final double margin;
    private final double gapMargin;

    /**
     * Has seen no score.
     *
     * @param margin of the threshold over the highest score, from 1.
     * @param gapMargin the same behind a gap, from {@code margin}: what a gap does has been seen less often.
     */
    ScoreLimits(final double margin, final double gapMargin) {
        this.margin = margin;
        this.gapMargin = gapMargin;
    }

    /** Takes the score of a window of an arm that is well. */
    void add(final int windowsSinceGap, final double score) {
        final int place = Math.min(windowsSinceGap, WINDOWS) / SHARED;
        highest[place] = Math.max(highest[place], score);
    }

    /** What it comes to. */
    ScoreThreshold threshold(final long gapNs) {
        final double[] limits = highest.clone();
        for (int i = limits.length - 2; i >= 0; i--) {
            limits[i] = Math.max(limits[i], limits[i + 1]);
        }
        final List<Double> afterGap = new ArrayList<>();
        for (int window = 0; window < WINDOWS; window++) {
            afterGap.add((double) (float) (gapMargin * limits[window / SHARED]));
        }
        return new ScoreThreshold((float) (margin * limits[limits.length - 1]), gapNs, afterGap);
    }
}
