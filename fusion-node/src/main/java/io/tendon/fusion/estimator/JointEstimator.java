package io.tendon.fusion.estimator;

import io.tendon.bus.RealTime;
import io.tendon.fusion.align.ArmSample;
import io.tendon.fusion.align.Window;
import java.util.Arrays;

/**
 * Position, velocity and effort of every joint at the end of a window.
 *
 * <p>A Kalman filter with the state (position, velocity), driven by white acceleration, that measures both (Bar-Shalom,
 * Li, Kirubarajan, Estimation with Applications to Tracking and Navigation, 2001, 6.2.2). All joints share the noise and
 * the times, so they share one covariance and one gain a sample; at the regular rate the gain settles at the alpha-beta
 * filter's, and after dropped samples it opens as it should. Samples enter with their true capture times. Effort is the
 * window's mean.
 *
 * <p>Owned by fusion's one thread; allocates nothing after construction.
 */
@RealTime
public final class JointEstimator {
    private static final double NS_PER_S = 1e9;

    private final EstimatorNoise noise;
    private final double positionVariance;
    private final double velocityVariance;
    private final double[] positions;
    private final double[] velocities;
    private final double[] efforts;
    private final double[] positionsOut;
    private final double[] velocitiesOut;
    private double p00;
    private double p01;
    private double p11;
    private boolean isInitialised;
    private int sessionId;
    private long stateTimeNs;
    private long timeNs;

    /**
     * An estimator without a state; the first sample gives one.
     *
     * @param jointCount of the arm.
     * @param noise of joints and sensors.
     */
    public JointEstimator(final int jointCount, final EstimatorNoise noise) {
        this.noise = noise;
        positionVariance = noise.positionStd() * noise.positionStd();
        velocityVariance = noise.velocityStd() * noise.velocityStd();
        positions = new double[jointCount];
        velocities = new double[jointCount];
        efforts = new double[jointCount];
        positionsOut = new double[jointCount];
        velocitiesOut = new double[jointCount];
    }

    /**
     * Takes in a window's samples and moves the estimate to its end.
     *
     * @param window closed; may be empty.
     */
    public void update(final Window window) {
        final int count = window.receivedSamples();
        for (int i = 0; i < count; i++) {
            take(window.sample(i));
        }
        if (count > 0) {
            averageEfforts(window, count);
        }
        predict(window.endNs());
    }

    /** False until the first sample. */
    public boolean isInitialised() {
        return isInitialised;
    }

    /** When the estimate holds: the end of the latest window, ns since the epoch. */
    public long timeNs() {
        return timeNs;
    }

    /** Estimated joint positions, rad or m; the estimator's own array, valid until the next update. */
    public double[] positions() {
        return positionsOut;
    }

    /** Estimated joint velocities, rad/s or m/s; the estimator's own array, valid until the next update. */
    public double[] velocities() {
        return velocitiesOut;
    }

    /** Mean joint efforts of the latest window with samples, N m or N; the estimator's own array. */
    public double[] efforts() {
        return efforts;
    }

    /** Standard deviation of the position right after the latest sample, rad or m. */
    public double positionStd() {
        return Math.sqrt(p00);
    }

    private void take(final ArmSample sample) {
        final long elapsedNs = sample.captureTimeNs - stateTimeNs;
        if (!isInitialised || sample.sessionId != sessionId || elapsedNs > noise.maxPredictNs()) {
            begin(sample);
            return;
        }
        if (elapsedNs < 0) {
            return;
        }
        final double dtS = elapsedNs / NS_PER_S;
        predictCovariance(dtS);
        // Gain K = P (P + R)^-1 with H = I.
        final double s00 = p00 + positionVariance;
        final double s11 = p11 + velocityVariance;
        final double determinant = s00 * s11 - p01 * p01;
        final double k00 = (p00 * s11 - p01 * p01) / determinant;
        final double k01 = (p01 * s00 - p00 * p01) / determinant;
        final double k10 = (p01 * s11 - p11 * p01) / determinant;
        final double k11 = (p11 * s00 - p01 * p01) / determinant;
        for (int i = 0; i < positions.length; i++) {
            final double predicted = positions[i] + velocities[i] * dtS;
            final double positionError = sample.positions[i] - predicted;
            final double velocityError = sample.velocities[i] - velocities[i];
            positions[i] = predicted + k00 * positionError + k01 * velocityError;
            velocities[i] += k10 * positionError + k11 * velocityError;
        }
        final double c00 = (1 - k00) * p00 - k01 * p01;
        final double c01 = (1 - k00) * p01 - k01 * p11;
        final double c11 = (1 - k11) * p11 - k10 * p01;
        p00 = c00;
        p01 = c01;
        p11 = c11;
        stateTimeNs = sample.captureTimeNs;
    }

    private void begin(final ArmSample sample) {
        System.arraycopy(sample.positions, 0, positions, 0, positions.length);
        System.arraycopy(sample.velocities, 0, velocities, 0, velocities.length);
        p00 = positionVariance;
        p01 = 0;
        p11 = velocityVariance;
        stateTimeNs = sample.captureTimeNs;
        sessionId = sample.sessionId;
        isInitialised = true;
    }

    private void predictCovariance(final double dtS) {
        final double q = noise.accelerationDensity();
        final double dt2 = dtS * dtS;
        p00 += 2 * dtS * p01 + dt2 * p11 + q * dt2 * dtS / 3;
        p01 += dtS * p11 + q * dt2 / 2;
        p11 += q * dtS;
    }

    private void averageEfforts(final Window window, final int count) {
        Arrays.fill(efforts, 0);
        for (int i = 0; i < count; i++) {
            final double[] measured = window.sample(i).efforts;
            for (int j = 0; j < efforts.length; j++) {
                efforts[j] += measured[j] / count;
            }
        }
    }

    private void predict(final long atNs) {
        timeNs = atNs;
        final long aheadNs = atNs - stateTimeNs;
        final boolean isCarried = aheadNs <= noise.maxPredictNs();
        final double dtS = Math.min(aheadNs, noise.maxPredictNs()) / NS_PER_S;
        for (int i = 0; i < positions.length; i++) {
            positionsOut[i] = positions[i] + velocities[i] * dtS;
            velocitiesOut[i] = isCarried ? velocities[i] : 0;
        }
    }
}
