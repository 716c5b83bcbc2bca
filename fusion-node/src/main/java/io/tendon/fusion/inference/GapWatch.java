package io.tendon.fusion.inference;

import io.tendon.bus.RealTime;
import io.tendon.fusion.align.Window;

/**
 * Counts the windows since samples were missing for long, or since the arm followed something else than set-points. An arm that
 * was without commands brakes and begins again, which is no fault of it, and looks like one for a while. Fusion's thread.
 */
@RealTime
public final class GapWatch {
    private static final int LONG_AGO = Integer.MAX_VALUE;
    /** Not following for longer is a hold or a jog, by a person; control that stood still says so for a few cycles only. */
    private static final long AWAY_NS = 250_000_000L;

    private final long gapNs;
    private final JudgedWindows judged;
    private boolean hasSample;
    private long newestNs;
    private int windowsSince = LONG_AGO;
    private boolean isJudged;
    private boolean isFollowing = true;
    private long leftNs;
    private long settlesUntilNs = Long.MIN_VALUE;

    /**
     * None was missing yet.
     *
     * @param gapNs time from one sample to the next from which it counts, ns, above 0.
     * @param judged which windows are to be judged.
     */
    public GapWatch(final long gapNs, final JudgedWindows judged) {
        this.gapNs = gapNs;
        this.judged = judged;
    }

    /**
     * Looks at a window; they come in order, each once.
     *
     * @param window closed.
     * @return windows since the last one in which a gap was or ended, or which is not to be judged; 0 when it is this one.
     */
    public int update(final Window window) {
        if (windowsSince != LONG_AGO) {
            windowsSince++;
        }
        isJudged = true;
        for (int i = 0; i < window.receivedSamples(); i++) {
            final long captureNs = window.sample(i).captureTimeNs;
            if (judged.isOfSetpoints()) {
                onFollowing(window.sample(i).followsSetpoints, captureNs);
            }
            if (hasSample && captureNs - newestNs >= gapNs) {
                windowsSince = 0;
            }
            hasSample = true;
            newestNs = captureNs;
        }
        isJudged &= window.startNs() >= settlesUntilNs;
        return windowsSince;
    }

    private void onFollowing(final boolean follows, final long captureNs) {
        if (!follows) {
            leftNs = isFollowing ? captureNs : leftNs;
            isJudged = false;
            windowsSince = 0;
        } else if (!isFollowing && captureNs - leftNs >= AWAY_NS) {
            settlesUntilNs = captureNs + judged.settleNs();
        }
        isFollowing = follows;
    }

    /** Whether the window that was looked at last is to be judged. */
    public boolean isJudged() {
        return isJudged;
    }
}
