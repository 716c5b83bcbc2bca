package io.tendon.fusion.estimator;

/**
 * What the estimator takes for granted about the joints and their sensors. The same numbers serve rad and m.
 *
 * @param positionStd standard deviation of a measured position, rad or m, above 0.
 * @param velocityStd standard deviation of a measured velocity, rad/s or m/s, above 0.
 * @param accelerationDensity strength of the unknown acceleration, (rad/s2)^2/Hz or (m/s2)^2/Hz, above 0: more
 *     follows quick motion better, less smooths more.
 * @param maxPredictNs how long a state is carried forward without a sample, ns, above 0; then it stands still.
 */
public record EstimatorNoise(double positionStd, double velocityStd, double accelerationDensity, long maxPredictNs) {
    /** For encoders of about 20 bits and velocities by their differences, on arms of a few rad/s2. */
    public static final EstimatorNoise DEFAULT = new EstimatorNoise(5e-5, 1e-2, 0.03, 100_000_000L);

    /** Checks the ranges. */
    public EstimatorNoise {
        if (!(positionStd > 0) || !(velocityStd > 0) || !(accelerationDensity > 0) || maxPredictNs <= 0) {
            throw new IllegalArgumentException("estimator noise must be above 0: positionStd=" + positionStd
                    + " velocityStd=" + velocityStd + " accelerationDensity=" + accelerationDensity
                    + " maxPredictNs=" + maxPredictNs);
        }
    }
}
