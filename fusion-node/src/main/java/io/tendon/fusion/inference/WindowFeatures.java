package io.tendon.fusion.inference;

import io.tendon.bus.RealTime;
import io.tendon.fusion.align.ArmSample;
import io.tendon.fusion.align.Window;
import io.tendon.fusion.estimator.JointEstimator;
import java.util.List;

/**
 * A closed window as a row of numbers, in the units and the order that a model's manifest declares.
 *
 * <p>What is missing is never put in the place of a measurement: means, peaks and spreads are over the samples that came,
 * and of a window without any there is no row at all. Fusion's thread; allocates nothing after construction.
 */
@RealTime
public final class WindowFeatures {
    private static final double NS_PER_S = 1e9;

    private final Feature[] features;
    private final int jointCount;
    private final double samplePeriodS;
    private final int elements;

    /**
     * The row that a model wants.
     *
     * @param fields of the model, in its order.
     * @param jointCount of the arm, 3 to 16.
     * @param samplePeriodNs how often a sample is expected, ns.
     */
    public WindowFeatures(final List<InputField> fields, final int jointCount, final long samplePeriodNs) {
        this.features = fields.stream().map(InputField::feature).toArray(Feature[]::new);
        this.jointCount = jointCount;
        this.samplePeriodS = samplePeriodNs / NS_PER_S;
        int sum = 0;
        for (final Feature feature : features) {
            sum += feature.elements(jointCount);
        }
        this.elements = sum;
    }

    /** Numbers in a row. */
    public int elements() {
        return elements;
    }

    /**
     * Fills a row.
     *
     * @param window closed.
     * @param estimate at its end.
     * @param row of {@link #elements()} or more; its first are overwritten, also when the outcome is false.
     * @return false when there is nothing to show: no sample arrived, or what arrived is not finite.
     */
    public boolean fill(final Window window, final JointEstimator estimate, final float[] row) {
        if (window.receivedSamples() == 0 || !estimate.isInitialised()) {
            return false;
        }
        int at = 0;
        for (int i = 0; i < features.length; i++) {
            final int count = features[i].elements(jointCount);
            for (int element = 0; element < count; element++) {
                final float number = (float) number(features[i], element, window, estimate);
                if (!Float.isFinite(number)) {
                    return false;
                }
                row[at++] = number;
            }
        }
        return true;
    }

    private double number(final Feature feature, final int i, final Window window, final JointEstimator estimate) {
        return switch (feature) {
            case POSITION_ERROR_MEAN,
                    VELOCITY_ERROR_MEAN,
                    EFFORT_MEAN,
                    WRIST_FORCE_MEAN,
                    GRIPPER_WIDTH_MEAN,
                    GRIPPER_WIDTH_ERROR_MEAN,
                    GRIPPER_FORCE_MEAN -> mean(feature, i, window);
            case POSITION_ERROR_PEAK, VELOCITY_ERROR_PEAK -> peak(feature, i, window);
            case EFFORT_SPREAD, WRIST_FORCE_SPREAD -> spread(feature, i, window);
            case POSITION -> estimate.positions()[i];
            case VELOCITY -> estimate.velocities()[i];
            case ARRIVED_SHARE -> (double) Long.bitCount(window.completenessMask()) / window.expectedSamples();
            case LONGEST_GAP -> longestGapSlots(window) * samplePeriodS;
            case LATE_SAMPLES -> window.lateSamples();
        };
    }

    private static double mean(final Feature feature, final int i, final Window window) {
        final int count = window.receivedSamples();
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += sample(feature, i, window.sample(k));
        }
        return sum / count;
    }

    private static double peak(final Feature feature, final int i, final Window window) {
        double largest = 0;
        for (int k = 0; k < window.receivedSamples(); k++) {
            largest = Math.max(largest, Math.abs(sample(feature, i, window.sample(k))));
        }
        return largest;
    }

    /** In two passes: a force of 100 N that varies by 1 mN keeps its spread. */
    private static double spread(final Feature feature, final int i, final Window window) {
        final int count = window.receivedSamples();
        final double mean = mean(feature, i, window);
        double squares = 0;
        for (int k = 0; k < count; k++) {
            final double distance = sample(feature, i, window.sample(k)) - mean;
            squares += distance * distance;
        }
        return Math.sqrt(squares / count);
    }

    /** What a sample says of element {@code i} of a feature that is taken over samples. */
    private static double sample(final Feature feature, final int i, final ArmSample sample) {
        return switch (feature) {
            case POSITION_ERROR_MEAN, POSITION_ERROR_PEAK -> sample.positions[i] - sample.commandPositions[i];
            case VELOCITY_ERROR_MEAN, VELOCITY_ERROR_PEAK -> sample.velocities[i] - sample.commandVelocities[i];
            case EFFORT_MEAN, EFFORT_SPREAD -> sample.efforts[i];
            case WRIST_FORCE_MEAN, WRIST_FORCE_SPREAD -> sample.wristForceN[i];
            case GRIPPER_WIDTH_MEAN -> sample.gripperWidthM;
            case GRIPPER_WIDTH_ERROR_MEAN -> sample.gripperWidthM - sample.gripperCommandWidthM;
            case GRIPPER_FORCE_MEAN -> sample.gripperForceN;
            case POSITION, VELOCITY, ARRIVED_SHARE, LONGEST_GAP, LATE_SAMPLES -> Double.NaN;
        };
    }

    private static int longestGapSlots(final Window window) {
        int longest = 0;
        int present = 0;
        for (int slot = 0; slot < window.expectedSamples(); slot++) {
            present = (window.completenessMask() >> slot & 1) == 0 ? present + 1 : 0;
            longest = Math.max(longest, present);
        }
        return longest;
    }
}
