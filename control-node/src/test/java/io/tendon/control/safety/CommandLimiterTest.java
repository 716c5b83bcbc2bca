package io.tendon.control.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLimiterTest {
    private static final long PERIOD_NS = 1_000_000;
    private static final double PERIOD_S = 1e-3;
    private static final MotionLimits LIMITS = new MotionLimits(
            new double[] {-1, -2.5, Double.NEGATIVE_INFINITY},
            new double[] {1, 0.1, Double.POSITIVE_INFINITY},
            new double[] {2, 3, 1},
            new double[] {10, 25, 4},
            new double[] {500, 900, 100});

    private final CommandLimiter limiter = new CommandLimiter(LIMITS, PERIOD_NS);

    @Test
    void shouldPassWhatIsWithinTheLimits() {
        final double[] command = {1e-6, -1e-6, 2e-6};

        assertThat(limiter.limit(command, 1)).isZero();

        assertThat(command).containsExactly(1e-6, -1e-6, 2e-6);
        assertThat(limiter.clamps()).isZero();
    }

    @Test
    void shouldCountEachClampByJointAndReason() {
        limiter.limit(new double[] {5, 0, Double.NaN}, 1);

        assertThat(limiter.clamps(0, ClampReason.VELOCITY)).isEqualTo(1);
        assertThat(limiter.clamps(0, ClampReason.ACCELERATION)).isEqualTo(1);
        assertThat(limiter.clamps(2, ClampReason.NOT_FINITE)).isEqualTo(1);
        assertThat(limiter.latestReason(0)).isEqualTo(ClampReason.ACCELERATION);
        assertThat(limiter.latestReason(1)).isNull();
        assertThat(limiter.latestAsked(0)).isEqualTo(5);
    }

    @Test
    void shouldStopAtThePositionLimitWithoutBreakingTheAccelerationLimit() {
        final double[] command = new double[3];
        for (int i = 0; i < 3_000; i++) {
            command[0] = 100;
            limiter.limit(command, 1);
        }

        assertThat(command[0]).isCloseTo(1, within(1e-9));
        assertThat(limiter.velocity(0)).isCloseTo(0, within(1e-9));
        assertThat(limiter.clamps(0, ClampReason.POSITION)).isPositive();
    }

    @Test
    void shouldLetAJointThatStartsOutsideItsLimitsMoveInwardsOnly() {
        limiter.restart(new double[] {1.2, 0, 0});
        final double[] outwards = {1.3, 0, 0};
        limiter.limit(outwards, 1);
        assertThat(outwards[0]).isCloseTo(1.2, within(1e-12));

        final double[] inwards = {1.2 - 5e-6, 0, 0};
        limiter.limit(inwards, 1);
        assertThat(inwards[0]).isCloseTo(1.2 - 5e-6, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldKeepEveryLimitWhateverIsAskedForAndHoweverTicksAreMissed(final long seed) {
        final Random random = new Random(seed);
        final double[] command = new double[3];
        final double[] positions = new double[3];
        final double[] velocities = new double[3];
        int previousPeriods = 1;
        for (int step = 0; step < 40_000; step++) {
            final int periods = random.nextInt(50) == 0 ? 1 + random.nextInt(20) : 1;
            for (int i = 0; i < 3; i++) {
                command[i] = wild(random, command[i]);
            }
            limiter.limit(command, periods);
            final double stepS = periods * PERIOD_S;
            final double betweenS = 0.5 * (periods + previousPeriods) * PERIOD_S;
            for (int i = 0; i < 3; i++) {
                final double velocity = (command[i] - positions[i]) / stepS;
                final String at = "seed " + seed + ", step " + step + ", joint " + i;
                assertThat(command[i]).as(at).isBetween(LIMITS.lowerPosition(i) - 1e-9, LIMITS.upperPosition(i) + 1e-9);
                assertThat(Math.abs(velocity)).as(at).isLessThanOrEqualTo(LIMITS.maxVelocity(i) + 1e-9);
                assertThat(Math.abs(velocity - velocities[i]))
                        .as(at)
                        .isLessThanOrEqualTo(LIMITS.maxAcceleration(i) * betweenS + 1e-9);
                velocities[i] = velocity;
                positions[i] = command[i];
            }
            previousPeriods = periods;
        }
        assertThat(limiter.clamps()).isPositive();
    }

    private static double wild(final Random random, final double previous) {
        return switch (random.nextInt(40)) {
            case 0 -> Double.NaN;
            case 1 -> Double.NEGATIVE_INFINITY;
            case 2, 3, 4 -> 20 * (random.nextDouble() - 0.5);
            case 5, 6 -> previous;
            default -> previous + (random.nextInt(3) - 1) * 0.01;
        };
    }
}
