package io.tendon.control.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrakingBoundTest {
    private static final double PERIOD_S = 0.001;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 20})
    void shouldStopExactlyAtTheWallWhenBrakingFollowsTheBound(final int firstPeriods) {
        final long seed = 41;
        final Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            final double room = random.nextDouble() * random.nextDouble() * 2;
            final double maxAcceleration = 0.5 + 30 * random.nextDouble();

            final double velocity = BrakingBound.maxVelocity(room, maxAcceleration, firstPeriods, PERIOD_S);

            assertThat(wayToStop(velocity, maxAcceleration, firstPeriods))
                    .as("seed %d, room %s, acceleration %s", seed, room, maxAcceleration)
                    .isCloseTo(room, within(1e-12));
        }
    }

    @Test
    void shouldForbidAnyMoveOutwardsAtOrBehindTheWall() {
        assertThat(BrakingBound.maxVelocity(0, 5, 1, PERIOD_S)).isZero();
        assertThat(BrakingBound.maxVelocity(-0.3, 5, 1, PERIOD_S)).isZero();
    }

    @Test
    void shouldNotBoundWhenThereIsNoWall() {
        assertThat(BrakingBound.maxVelocity(Double.POSITIVE_INFINITY, 5, 1, PERIOD_S))
                .isInfinite();
    }

    /** Way of a step of the given length, and of the fewest single periods after it, each slower by a*h, until stopped. */
    private static double wayToStop(final double velocity, final double maxAcceleration, final int periods) {
        double way = velocity * periods * PERIOD_S;
        double v = velocity - maxAcceleration * PERIOD_S * (periods + 1) / 2;
        while (v > 0) {
            way += v * PERIOD_S;
            v -= maxAcceleration * PERIOD_S;
        }
        return way;
    }
}
