package io.tendon.control.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StopProfileTest {
    private final StopProfile stop = new StopProfile();

    @Test
    void shouldStandAtOnceWhenAtRest() {
        stop.plan(0.7, 0, 0, 10, 100);

        assertThat(stop.durationS()).isZero();
        assertThat(stop.position(1)).isEqualTo(0.7);
        assertThat(stop.velocity(0)).isZero();
    }

    @Test
    void shouldHoldTheGreatestDecelerationWhenFast() {
        stop.plan(0, 2, 0, 10, 1000);

        // Jerk in and out take 10 ms each and 0.05 rad/s each; the rest goes at 10 rad/s2.
        assertThat(stop.durationS()).isCloseTo(0.21, within(1e-12));
        assertThat(stop.acceleration(0.1)).isEqualTo(-10);
    }

    @Test
    void shouldComeToRestWithinTheLimitsFromAnyState() {
        final long seed = 7;
        final Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            final double maxAcceleration = 1 + 20 * random.nextDouble();
            final double maxJerk = 10 + 2000 * random.nextDouble();
            final double velocity = 4 * (random.nextDouble() - 0.5);
            final double acceleration = 2 * maxAcceleration * (random.nextDouble() - 0.5);
            final String at = "seed " + seed + ", round " + round;
            stop.plan(0.3, velocity, acceleration, maxAcceleration, maxJerk);

            assertThat(stop.position(0)).isEqualTo(0.3);
            assertThat(stop.velocity(0)).as(at).isCloseTo(stop.durationS() == 0 ? 0 : velocity, within(1e-12));
            assertContinuousAndLimited(at, acceleration, maxAcceleration, maxJerk);
            final double end = stop.durationS();
            assertThat(stop.velocity(end - 1e-9)).as(at).isCloseTo(0, within(1e-6));
            assertThat(stop.acceleration(end - 1e-9)).as(at).isCloseTo(0, within(1e-5));
            assertThat(stop.velocity(end)).isZero();
            assertThat(stop.position(end + 1)).isEqualTo(stop.restPosition());
        }
    }

    private void assertContinuousAndLimited(
            final String at, final double acceleration0, final double maxAcceleration, final double maxJerk) {
        final double dt = stop.durationS() / 1000;
        double acceleration = acceleration0;
        double velocity = stop.velocity(0);
        double position = stop.position(0);
        for (int i = 1; i <= 1000; i++) {
            final double t = i * dt;
            final double newAcceleration = stop.acceleration(t);
            final double newVelocity = stop.velocity(t);
            final double newPosition = stop.position(t);
            assertThat(Math.abs(newAcceleration)).as(at).isLessThanOrEqualTo(maxAcceleration + 1e-9);
            assertThat(Math.abs(newAcceleration - acceleration)).as(at).isLessThanOrEqualTo(maxJerk * dt + 1e-9);
            assertThat(newVelocity - velocity)
                    .as(at)
                    .isCloseTo(dt * (acceleration + newAcceleration) / 2, within(maxJerk * dt * dt));
            assertThat(newPosition - position)
                    .as(at)
                    .isCloseTo(dt * (velocity + newVelocity) / 2, within(maxAcceleration * dt * dt));
            acceleration = newAcceleration;
            velocity = newVelocity;
            position = newPosition;
        }
    }
}
