package io.tendon.control.anomaly;

/** Hears of anomalies. Called on the detector's thread; must not allocate or wait. */
@FunctionalInterface
public interface AnomalyListener {
    /**
     * An anomaly has begun.
     *
     * @param kind what disagrees.
     * @param joint from 0 at the base; -1 when it is of no joint.
     * @param residual how large the disagreement is, in the kind's unit (N m or N, rad or m, N, samples).
     * @param allowed how large it may be.
     * @return whether it was taken; one that was not is told of again with the next sample, as long as it lasts.
     */
    boolean onAnomaly(AnomalyKind kind, int joint, double residual, double allowed);
}
