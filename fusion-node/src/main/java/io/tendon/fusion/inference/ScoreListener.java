package io.tendon.fusion.inference;

import io.tendon.bus.RealTime;

/** Is told what became of windows that were due for a model. Fusion's thread, in its loop. */
@RealTime
public interface ScoreListener {
    /**
     * A window has its score.
     *
     * @param window that was judged; valid during the call.
     */
    void onScore(InferenceSlot window);

    /**
     * The model has failed, and is asked no more.
     *
     * @param window of which it had to say something; valid during the call.
     * @param why one line for a person.
     */
    void onIsolated(InferenceSlot window, String why);

    /**
     * How many windows were due and not judged; once a wake.
     *
     * @param skippedWindows because the model was busy, since it was started.
     * @param emptyWindows because nothing had come to be shown, since it was started.
     * @param nowNs ns since the epoch.
     */
    void onCounts(long skippedWindows, long emptyWindows, long nowNs);
}
