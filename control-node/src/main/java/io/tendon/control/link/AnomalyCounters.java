package io.tendon.control.link;

import io.tendon.bus.RealTime;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.BusCounters;
import io.tendon.bus.counter.LastAnomaly;
import io.tendon.schemas.AnomalyKind;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Shows to other processes how far the arm is from an anomaly, and which was the last. The score is shown as the largest of
 * the last half to one second: whoever looks now and then sees a peak of one cycle too. Owner: the control loop's thread.
 */
@RealTime
final class AnomalyCounters {
    private static final long HALF_SECOND_NS = 500_000_000L;
    private static final long NOT_JUDGED = -1;
    private static final double PPM = 1e6;
    private static final double MOST_PPM = 1L << 52;
    private static final long NS_PER_MS = 1_000_000L;

    private final AtomicCounter score;
    private final AtomicCounter anomalies;
    private final AtomicCounter lastAnomaly;
    private final AtomicCounter lastAnomalyAtMs;
    private final AtomicCounter faultsInjected;
    private long halfBeganNs = Long.MIN_VALUE / 2;
    private float largest = Float.NaN;
    private float largestBefore = Float.NaN;

    /** Nothing is judged yet; the counts of control's earlier lives go on. */
    AnomalyCounters(final BusCounters counters) {
        score = counters.node(BusCounter.ANOMALY_SCORE_PPM);
        anomalies = counters.node(BusCounter.ANOMALIES);
        lastAnomaly = counters.node(BusCounter.LAST_ANOMALY);
        lastAnomalyAtMs = counters.node(BusCounter.LAST_ANOMALY_AT_MS);
        faultsInjected = counters.node(BusCounter.FAULTS_INJECTED);
        score.setRelease(NOT_JUDGED);
    }

    /**
     * A cycle's score.
     *
     * @param cycleScore largest residual as a multiple of what is allowed; NaN when nothing was judged.
     * @param nowNs of the cycle, ns since the epoch.
     */
    void score(final float cycleScore, final long nowNs) {
        final long halfNs = nowNs - halfBeganNs;
        if (halfNs >= HALF_SECOND_NS) {
            largestBefore = halfNs >= 2 * HALF_SECOND_NS ? Float.NaN : largest;
            largest = Float.NaN;
            halfBeganNs = nowNs;
        }
        largest = larger(largest, cycleScore);
        final float shown = larger(largest, largestBefore);
        score.setRelease(Float.isNaN(shown) ? NOT_JUDGED : (long) Math.min(Math.max(0, shown) * PPM, MOST_PPM));
    }

    /** An anomaly was said; {@code times} as often as allowed. */
    void anomaly(final AnomalyKind kind, final int joint, final double times, final long nowNs) {
        lastAnomaly.setRelease(LastAnomaly.code(kind, joint, times));
        lastAnomalyAtMs.setRelease(nowNs / NS_PER_MS);
        anomalies.incrementRelease();
    }

    /** A fault of the simulated arm has begun. */
    void faultInjected() {
        faultsInjected.incrementRelease();
    }

    private static float larger(final float one, final float other) {
        return Float.isNaN(one) || other > one ? other : one;
    }
}
