package io.tendon.fusion.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.tendon.fusion.align.ArmSample;
import io.tendon.fusion.align.Window;
import io.tendon.fusion.align.WindowAligner;
import io.tendon.fusion.align.WindowTiming;
import io.tendon.fusion.estimator.EstimatorNoise;
import io.tendon.fusion.estimator.JointEstimator;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowFeaturesTest {
    private static final long MS = 1_000_000L;
    private static final int JOINTS = 3;
    private static final List<InputField> ALL =
            Arrays.stream(Feature.values()).map(WindowFeaturesTest::field).toList();

    private final WindowAligner aligner = new WindowAligner(new WindowTiming(10 * MS, MS, MS, 20), JOINTS, 0);
    private final JointEstimator estimator = new JointEstimator(JOINTS, EstimatorNoise.DEFAULT);
    private final WindowFeatures features = new WindowFeatures(ALL, JOINTS, MS);
    private final float[] row = new float[features.elements()];
    private long sequence;

    @Test
    void shouldTakeMeansPeaksAndSpreadsOverAllSamplesOfAWholeWindow() {
        final double[] efforts = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        for (int i = 0; i < 10; i++) {
            say(i, efforts[i]);
        }

        assertThat(features.fill(close(), estimator, row)).isTrue();
        // The arm lags by 0.01 a joint's number, one sample by 0.05 more.
        assertThat(of(Feature.POSITION_ERROR_MEAN, 1)).isCloseTo(-0.02f - 0.005f, within(1e-6f));
        assertThat(of(Feature.POSITION_ERROR_PEAK, 1)).isCloseTo(0.07f, within(1e-6f));
        assertThat(of(Feature.VELOCITY_ERROR_MEAN, 2)).isCloseTo(0.5f, within(1e-6f));
        assertThat(of(Feature.VELOCITY_ERROR_PEAK, 2)).isCloseTo(0.5f, within(1e-6f));
        assertThat(of(Feature.EFFORT_MEAN, 0)).isCloseTo(5.5f, within(1e-6f));
        assertThat(of(Feature.EFFORT_SPREAD, 0)).isCloseTo((float) Math.sqrt(8.25), within(1e-6f));
        assertThat(of(Feature.WRIST_FORCE_MEAN, 2)).isEqualTo(3);
        assertThat(of(Feature.WRIST_FORCE_SPREAD, 2)).isZero();
        assertThat(of(Feature.GRIPPER_WIDTH_MEAN, 0)).isCloseTo(0.04f, within(1e-7f));
        assertThat(of(Feature.GRIPPER_WIDTH_ERROR_MEAN, 0)).isCloseTo(0.01f, within(1e-7f));
        assertThat(of(Feature.GRIPPER_FORCE_MEAN, 0)).isEqualTo(12);
        assertThat(of(Feature.POSITION, 0)).isEqualTo((float) estimator.positions()[0]);
        assertThat(of(Feature.VELOCITY, 0)).isEqualTo((float) estimator.velocities()[0]);
        assertThat(of(Feature.ARRIVED_SHARE, 0)).isEqualTo(1);
        assertThat(of(Feature.LONGEST_GAP, 0)).isZero();
        assertThat(of(Feature.LATE_SAMPLES, 0)).isZero();
    }

    @Test
    void shouldSayWhatIsMissingInsteadOfTakingItForZero() {
        for (final int slot : new int[] {0, 1, 5, 9}) {
            say(slot, 4);
        }

        assertThat(features.fill(close(), estimator, row)).isTrue();
        assertThat(of(Feature.EFFORT_MEAN, 0)).isEqualTo(4);
        assertThat(of(Feature.EFFORT_SPREAD, 0)).isZero();
        assertThat(of(Feature.GRIPPER_FORCE_MEAN, 0)).isEqualTo(12);
        assertThat(of(Feature.ARRIVED_SHARE, 0)).isEqualTo(0.4f);
        assertThat(of(Feature.LONGEST_GAP, 0)).isEqualTo(0.003f);
    }

    @Test
    void shouldCountTheGapAtTheWindowsEndsAndWhatCameTooLate() {
        say(4, 1);
        close();
        say(3, 1);
        say(14, 1);

        assertThat(features.fill(close(), estimator, row)).isTrue();
        assertThat(of(Feature.ARRIVED_SHARE, 0)).isEqualTo(0.1f);
        assertThat(of(Feature.LONGEST_GAP, 0)).isEqualTo(0.005f);
        assertThat(of(Feature.LATE_SAMPLES, 0)).isEqualTo(1);
    }

    @Test
    void shouldHaveNothingToShowOfAWindowWithoutSamplesOrWithNumbersThatAreNone() {
        assertThat(features.fill(close(), estimator, row)).isFalse();
        say(12, 1);
        close();
        assertThat(features.fill(close(), estimator, row))
                .as("empty, with an estimate")
                .isFalse();
        say(31, Double.NaN);
        assertThat(features.fill(close(), estimator, row)).as("NaN").isFalse();
        say(42, 1e300);
        assertThat(features.fill(close(), estimator, row)).as("beyond float").isFalse();
        say(52, 1);
        assertThat(features.fill(close(), estimator, row)).isTrue();
    }

    @Test
    void shouldKeepTheOrderOfTheManifest() {
        final WindowFeatures two =
                new WindowFeatures(List.of(field(Feature.ARRIVED_SHARE), field(Feature.EFFORT_MEAN)), JOINTS, MS);
        say(0, 7);
        final float[] short4 = new float[two.elements()];

        assertThat(two.fill(close(), estimator, short4)).isTrue();
        assertThat(short4).containsExactly(0.1f, 7, 8, 9);
    }

    @Test
    void shouldAllocateNothingOnceWarm() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 10; i += 2) {
            say(i, i);
        }
        final Window window = close();
        long allocatedBytes = -1;
        for (int round = 0; round < 10 && allocatedBytes != 0; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                features.fill(window, estimator, row);
            }
            allocatedBytes = threads.getCurrentThreadAllocatedBytes() - before;
        }

        assertThat(allocatedBytes).isZero();
    }

    private static InputField field(final Feature feature) {
        return new InputField(feature, "", new double[feature.elements(JOINTS)], new double[feature.elements(JOINTS)]);
    }

    private float of(final Feature wanted, final int element) {
        int at = 0;
        for (final Feature feature : Feature.values()) {
            if (feature == wanted) {
                break;
            }
            at += feature.elements(JOINTS);
        }
        return row[at + element];
    }

    private void say(final int slot, final double effort) {
        final ArmSample sample = new ArmSample(JOINTS);
        sample.captureTimeNs = slot * MS + MS / 2;
        sample.sequence = sequence++;
        for (int j = 0; j < JOINTS; j++) {
            sample.commandPositions[j] = j;
            sample.positions[j] = j - 0.01 * (j + 1) - (slot == 7 ? 0.05 : 0);
            sample.commandVelocities[j] = 1;
            sample.velocities[j] = 1.5;
            sample.efforts[j] = effort + j;
            sample.wristForceN[j] = j + 1;
        }
        sample.gripperWidthM = 0.04;
        sample.gripperCommandWidthM = 0.03;
        sample.gripperForceN = 12;
        aligner.admit(sample);
    }

    private Window close() {
        final Window window = aligner.close();
        estimator.update(window);
        return window;
    }
}
