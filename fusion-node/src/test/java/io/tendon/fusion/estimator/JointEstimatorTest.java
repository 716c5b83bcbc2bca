package io.tendon.fusion.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tendon.fusion.align.ArmSample;
import io.tendon.fusion.align.WindowAligner;
import io.tendon.fusion.align.WindowTiming;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JointEstimatorTest {
    private static final long MS = 1_000_000L;
    private static final long T0 = 1_700_000_000_000L * MS;
    private static final EstimatorNoise NOISE = EstimatorNoise.DEFAULT;

    private final WindowAligner aligner = new WindowAligner(new WindowTiming(10 * MS, MS, 0, 4), 2, T0);
    private final JointEstimator estimator = new JointEstimator(2, NOISE);
    private long sequence;

    @Test
    void shouldHaveNoStateBeforeTheFirstSample() {
        estimator.update(aligner.close());

        assertThat(estimator.isInitialised()).isFalse();
    }

    @Test
    void shouldCarryTheStateToTheWindowsEnd() {
        admit(T0 + 4 * MS, 1.0, 2.0, 0, 7);

        estimator.update(aligner.close());

        assertThat(estimator.timeNs()).isEqualTo(T0 + 10 * MS);
        assertThat(estimator.positions()[0]).isCloseTo(1.0 + 2.0 * 0.006, within(1e-12));
        assertThat(estimator.velocities()[0]).isEqualTo(2.0);
    }

    @Test
    void shouldStandStillWhenNothingHasComeForLong() {
        admit(T0 + 4 * MS, 1.0, 2.0, 0, 7);
        for (int i = 0; i < 30; i++) {
            estimator.update(aligner.close());
        }

        assertThat(estimator.velocities()[0]).isZero();
        assertThat(estimator.positions()[0]).isCloseTo(1.0 + 2.0 * 0.1, within(1e-12));
    }

    @Test
    void shouldBeginAnewWithAnotherLifeOfControl() {
        admit(T0 + MS, 1.0, 0, 0, 7);
        estimator.update(aligner.close());
        admit(T0 + 11 * MS, -1.0, 0, 0, 8);
        estimator.update(aligner.close());

        assertThat(estimator.positions()[0]).isEqualTo(-1.0);
    }

    @Test
    void shouldGiveTheMeanEffortOfTheWindow() {
        admit(T0 + MS, 0, 0, 1.0, 7);
        admit(T0 + 2 * MS, 0, 0, 4.0, 7);
        estimator.update(aligner.close());
        estimator.update(aligner.close());

        assertThat(estimator.efforts()[0]).isCloseTo(2.5, within(1e-12));
    }

    @Test
    void shouldSettleAtAGainThatSmoothes() {
        for (int window = 0; window < 100; window++) {
            for (int i = 0; i < 10; i++) {
                admit(T0 + (10L * window + i) * MS, 0, 0, 0, 7);
            }
            estimator.update(aligner.close());
        }

        assertThat(estimator.positionStd()).isPositive().isLessThan(NOISE.positionStd());
    }

    /** A sine of 0.3 rad at 0.5 Hz, noisy sensors, a fifth of the samples dropped, odd capture times. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void shouldBeCloserToTheTruthThanTheSensors(final long seed) {
        final Random random = new Random(seed);
        double squaredError = 0;
        double squaredVelocityError = 0;
        final int windows = 500;
        for (int window = 0; window < windows; window++) {
            for (int i = 0; i < 10; i++) {
                if (random.nextInt(5) == 0) {
                    continue;
                }
                final long timeNs = T0 + (10L * window + i) * MS + random.nextInt(900_000);
                admit(
                        timeNs,
                        truth(timeNs) + NOISE.positionStd() * random.nextGaussian(),
                        truthVelocity(timeNs) + NOISE.velocityStd() * random.nextGaussian(),
                        0,
                        7);
            }
            estimator.update(aligner.close());
            final double error = estimator.positions()[0] - truth(estimator.timeNs());
            final double velocityError = estimator.velocities()[0] - truthVelocity(estimator.timeNs());
            if (window > 5) {
                squaredError += error * error / windows;
                squaredVelocityError += velocityError * velocityError / windows;
            }
        }

        // At the window's end, up to 2 ms after the last sample: the prediction's share is included.
        assertThat(Math.sqrt(squaredError)).as("seed " + seed).isLessThan(1.2 * NOISE.positionStd());
        assertThat(Math.sqrt(squaredVelocityError)).as("seed " + seed).isLessThan(NOISE.velocityStd());
    }

    @Test
    void shouldRefuseNoiseThatIsNone() {
        assertThatThrownBy(() -> new EstimatorNoise(0, 1, 1, 1)).hasMessageContaining("positionStd=0.0");
    }

    private static double truth(final long timeNs) {
        return 0.3 * Math.sin(Math.PI * (timeNs - T0) / 1e9);
    }

    private static double truthVelocity(final long timeNs) {
        return 0.3 * Math.PI * Math.cos(Math.PI * (timeNs - T0) / 1e9);
    }

    private void admit(
            final long timeNs, final double position, final double velocity, final double effort, final int sessionId) {
        final ArmSample sample = new ArmSample(2);
        sample.captureTimeNs = timeNs;
        sample.sequence = sequence++;
        sample.sessionId = sessionId;
        sample.positions[0] = position;
        sample.velocities[0] = velocity;
        sample.efforts[0] = effort;
        aligner.admit(sample);
    }
}
