package io.tendon.fusion.inference;

import io.tendon.bus.RealTime;
import java.util.List;

/**
 * The score above which a window is an anomaly: higher for the first windows after a gap. Immutable; any thread.
 *
 * @param usual of all other windows; finite and above 0.
 * @param gapNs time without a sample that is a gap, ns, above 0.
 * @param afterGap of the window in which a gap ended, of the one behind it, and so on; none to take {@code usual} for all.
 */
public record ScoreThreshold(double usual, long gapNs, List<Double> afterGap) {
    /** Most windows after a gap that have a threshold of their own. */
    public static final int MAX_AFTER_GAP = 1_000;

    /** Copies the list. */
    public ScoreThreshold {
        afterGap = List.copyOf(afterGap);
    }

    /**
     * That of a window.
     *
     * @param windowsSinceGap 0 for the one in which a gap ended.
     * @return above 0.
     */
    @RealTime
    public double of(final int windowsSinceGap) {
        return windowsSinceGap < afterGap.size() ? afterGap.get(windowsSinceGap) : usual;
    }
}
