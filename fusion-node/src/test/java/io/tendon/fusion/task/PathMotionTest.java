package io.tendon.fusion.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathMotionTest {
    private static final int N = 4;
    private static final double STEP_S = 1e-3;

    private final MotionLimits limits =
            new MotionLimits(new double[] {1, 2, 3, 0.5}, new double[] {5, 4, 9, 2}, new double[] {60, 80, 70, 20});
    private final double[] positions = new double[N];
    private final double[] velocities = new double[N];
    private final double[] accelerations = new double[N];
    private final double[] positionsBefore = new double[N];
    private final double[] velocitiesBefore = new double[N];
    private final double[] accelerationsBefore = new double[N];

    /** Random curves through 2 to 7 points: limits are held everywhere and one of them is used up. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldHoldTheLimitsAndWasteLittle(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final PathMotion motion = new PathMotion(N, 8);
        final double[] point = new double[N];
        motion.path().clear();
        final int count = 2 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < N; j++) {
                point[j] += random.nextDouble() - 0.3;
            }
            motion.path().add(point);
        }
        motion.path().finish();
        motion.plan(limits);

        final double largest = largestShareOfALimit(motion.durationNs(), motion::sample, "seed " + seed);

        assertThat(largest).as("seed " + seed).isBetween(0.85, 1.02);
        for (int j = 0; j < N; j++) {
            assertThat(positions[j]).as("seed " + seed).isCloseTo(point[j], within(1e-9));
            assertThat(velocities[j]).as("seed " + seed).isCloseTo(0, within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void shouldBrakeFromAnyStateWithinTheLimits(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final BrakeMotion brake = new BrakeMotion(N);
        final double[] from = new double[N];
        final double[] v = new double[N];
        final double[] a = new double[N];
        for (int j = 0; j < N; j++) {
            v[j] = (2 * random.nextDouble() - 1) * 0.6 * limits.velocity(j);
            a[j] = (2 * random.nextDouble() - 1) * 0.9 * limits.acceleration(j);
        }
        brake.plan(from, v, a, limits);

        brake.sample(0, positions, velocities, accelerations);
        assertThat(velocities).containsExactly(v);
        assertThat(accelerations).containsExactly(a, within(1e-12));
        final double largest = largestShareOfALimit(brake.durationNs(), brake::sample, "seed " + seed);
        assertThat(largest).as("seed " + seed).isLessThan(1.3);
        assertThat(velocities).as("seed " + seed).containsExactly(new double[N], within(1e-6));
        assertThat(accelerations).as("seed " + seed).containsExactly(new double[N], within(1e-3));
    }

    private interface Sampled {
        void sample(long elapsedNs, double[] positions, double[] velocities, double[] accelerations);
    }

    /** Walks along in steps of 1 ms, with derivatives checked against differences. */
    private double largestShareOfALimit(final long durationNs, final Sampled motion, final String of) {
        double largest = 0;
        boolean hasBefore = false;
        for (long t = 0; t <= durationNs; t += (long) (STEP_S * 1e9)) {
            motion.sample(t, positions, velocities, accelerations);
            for (int j = 0; j < N; j++) {
                largest = Math.max(largest, Math.abs(velocities[j]) / limits.velocity(j));
                largest = Math.max(largest, Math.abs(accelerations[j]) / limits.acceleration(j));
                if (hasBefore) {
                    final double jerk = (accelerations[j] - accelerationsBefore[j]) / STEP_S;
                    largest = Math.max(largest, Math.abs(jerk) / limits.jerk(j));
                    assertThat(positions[j])
                            .as(of)
                            .isCloseTo(
                                    positionsBefore[j] + (velocities[j] + velocitiesBefore[j]) / 2 * STEP_S,
                                    within(1e-6));
                    assertThat(velocities[j])
                            .as(of)
                            .isCloseTo(
                                    velocitiesBefore[j] + (accelerations[j] + accelerationsBefore[j]) / 2 * STEP_S,
                                    within(1e-4));
                }
            }
            System.arraycopy(positions, 0, positionsBefore, 0, N);
            System.arraycopy(velocities, 0, velocitiesBefore, 0, N);
            System.arraycopy(accelerations, 0, accelerationsBefore, 0, N);
            hasBefore = true;
        }
        motion.sample(durationNs, positions, velocities, accelerations);
        return largest;
    }
}
