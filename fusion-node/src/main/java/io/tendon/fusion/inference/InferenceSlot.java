package io.tendon.fusion.inference;

import org.jspecify.annotations.Nullable;

/**
 * What the loop hands over of one window, and what comes back. Made once and used again and again; owned by whichever of
 * the two threads took it out of {@link WindowHandOver} last.
 */
public final class InferenceSlot {
    /** First capture time that belongs to the window, ns since the epoch. */
    public long windowStartNs;

    /** First capture time behind it, ns since the epoch. */
    public long windowEndNs;

    /** When it was handed over, ns since the epoch. */
    public long handedOverNs;

    /** Windows that were due before it and could not be handed over, since the model was started. */
    public long skippedWindows;

    /** Score above which the window is an anomaly; higher for a while after a gap. */
    public double threshold;

    /** Session of the publication of its samples. */
    public int sessionId;

    /** Lowest log position of its samples' frames. */
    public long fromPosition;

    /** Highest log position behind them. */
    public long toPosition;

    /** As the model's manifest orders them, in its units. */
    public final float[] features;

    /** What the model made of it; finite, unless {@link #fault} says why there is none. */
    public double score;

    /** From the hand-over to the score, ns. */
    public long latencyNs;

    /** What the model did instead of giving a score, a line for a person; null when it gave one. */
    public @Nullable String fault;

    /**
     * A place for one window.
     *
     * @param elements of the features.
     */
    InferenceSlot(final int elements) {
        features = new float[elements];
    }
}
