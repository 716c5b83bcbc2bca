package io.tendon.control.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tendon.control.safety.CommandLimiter;
import io.tendon.control.safety.Motion;
import io.tendon.control.safety.MotionLimits;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandGeneratorTest {
    private static final long MS = 1_000_000;
    private static final MotionLimits LIMITS = new MotionLimits(
            new double[] {-2, -1, Double.NEGATIVE_INFINITY},
            new double[] {2, 1, Double.POSITIVE_INFINITY},
            new double[] {2, 1.5, 3},
            new double[] {12, 8, 20},
            new double[] {600, 400, 1500});

    private final CommandLimiter limiter = new CommandLimiter(LIMITS, MS);
    private final CommandGenerator generator = new CommandGenerator(LIMITS, limiter, MS, 5 * MS);
    private final Setpoint setpoint = new Setpoint(3);
    private long nowNs = 1_000_000_000_000L;
    private long sequence;

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void shouldFollowASmoothPathWithoutJumpsWhenSetpointsAreJitteredLateOrMissing(final long seed) {
        final Random random = new Random(seed);
        generator.restart(new double[] {path(0, 0), path(1, 0), path(2, 0)}, nowNs);
        final long startNs = nowNs;
        final double[] previousAccelerations = new double[3];
        long nextArrivalNs = nowNs;
        double greatestError = 0;
        for (int tick = 1; tick <= 6_000; tick++) {
            nowNs += MS;
            if (nowNs >= nextArrivalNs) {
                if (random.nextInt(20) != 0) {
                    setpointOnPath(startNs, nowNs + 12 * MS - random.nextInt(8) * MS);
                }
                nextArrivalNs += 10 * MS + random.nextInt(3) * MS - MS;
            }
            final int clamped =
                    generator.generate(generator.setpoint().isPresent() ? Motion.FOLLOW : Motion.RAMP, nowNs, 1);
            assertThat(clamped).as("seed %d, tick %d", seed, tick).isZero();
            for (int i = 0; i < 3; i++) {
                final double acceleration = generator.command().accelerations()[i];
                final double jump = Math.abs(acceleration - previousAccelerations[i]);
                assertThat(jump).as("seed %d, tick %d", seed, tick).isLessThan(1.1e-3 * LIMITS.maxJerk(i));
                previousAccelerations[i] = acceleration;
                if (tick > 1_000) {
                    final double wanted = path(i, (nowNs - startNs) * 1e-9);
                    greatestError =
                            Math.max(greatestError, Math.abs(generator.command().positions()[i] - wanted));
                }
            }
        }
        assertThat(greatestError).as("seed %d", seed).isLessThan(1e-4);
    }

    @Test
    void shouldBeAtTheSetpointAtItsTargetTime() {
        generator.restart(new double[3], nowNs);
        // From rest with a jerk of 300 rad/s3 for 12 ms.
        setpoint.joint(0, 8.64e-5, 0.0216, 3.6);
        setpoint.joint(1, 0, 0, 0);
        setpoint.joint(2, -8.64e-5, -0.0216, -3.6);
        send(nowNs + 12 * MS);
        for (int i = 0; i < 12; i++) {
            nowNs += MS;
            generator.generate(Motion.FOLLOW, nowNs, 1);
        }

        assertThat(generator.command().positions()[0]).isCloseTo(8.64e-5, within(1e-12));
        assertThat(generator.command().velocities()[2]).isCloseTo(-0.0216, within(1e-12));
        assertThat(generator.command().accelerations()[0]).isCloseTo(3.6, within(1e-9));
    }

    @Test
    void shouldArriveAtAFarSetpointWithoutOvershoot() {
        generator.restart(new double[3], nowNs);
        double greatest = 0;
        for (int tick = 0; tick < 3_000; tick++) {
            if (tick % 10 == 0) {
                setpoint.joint(0, 1.5, 0, 0);
                setpoint.joint(1, -1, 0, 0);
                setpoint.joint(2, 4, 0, 0);
                send(nowNs + 12 * MS);
            }
            nowNs += MS;
            generator.generate(Motion.FOLLOW, nowNs, 1);
            greatest = Math.max(greatest, generator.command().positions()[0]);
        }

        assertThat(generator.command().positions()).containsExactly(new double[] {1.5, -1, 4}, within(1e-9));
        assertThat(greatest).isLessThan(1.5 + 1e-6);
        assertThat(generator.command().velocities()).containsExactly(new double[3], within(1e-9));
    }

    @Test
    void shouldKeepTheJointsInStepOnTheWayToAFarSetpoint() {
        final double[] goal = {0.5, 0.9, -0.2};
        generator.restart(new double[3], nowNs);
        for (int tick = 0; tick < 3_000; tick++) {
            if (tick % 10 == 0) {
                for (int i = 0; i < 3; i++) {
                    setpoint.joint(i, goal[i], 0, 0);
                }
                send(nowNs + 12 * MS);
            }
            nowNs += MS;
            generator.generate(Motion.FOLLOW, nowNs, 1);
            assertOnTheLine(tick, goal);
        }
        assertThat(generator.command().positions()).containsExactly(goal, within(1e-9));
    }

    @Test
    void shouldCatchUpWithAMovingSetpointInStepAndNotRunPastItsEnd() {
        final double[] goal = {0.24, 0.36, -0.12};
        for (int behindMs = 20; behindMs < 480; behindMs += 20) {
            generator.restart(times(goal, share(behindMs)), nowNs);
            for (int tick = 0; tick < 1_500; tick++) {
                if (tick % 10 == 0) {
                    setpointOnTheLine(goal, behindMs + 60 + tick + 12);
                }
                nowNs += MS;
                generator.generate(Motion.FOLLOW, nowNs, 1);
                final double s = assertOnTheLine(tick, goal);
                assertThat(s).as("%d ms on, tick %d", behindMs, tick).isLessThan(1 + 1e-3);
            }
            assertThat(generator.command().positions()).containsExactly(goal, within(1e-9));
            assertThat(generator.command().velocities()).containsExactly(new double[3], within(1e-9));
        }
    }

    @Test
    void shouldStayInFrontOfALimitThatASetpointIsBehind() {
        generator.restart(new double[3], nowNs);
        for (int tick = 0; tick < 4_000; tick++) {
            if (tick % 10 == 0) {
                setpoint.joint(1, 9, 30, 100);
                send(nowNs + 12 * MS);
            }
            nowNs += MS;
            generator.generate(Motion.FOLLOW, nowNs, 1);
            assertThat(generator.command().positions()[1]).isLessThanOrEqualTo(1 + 1e-9);
        }
        assertThat(generator.command().positions()[1]).isCloseTo(1, within(1e-6));
    }

    @Test
    void shouldExtrapolateWithTheAccelerationOfTheLastSetpoint() {
        generator.restart(new double[3], nowNs);
        // From rest with a jerk of 300 rad/s3 for 10 ms.
        setpoint.joint(0, 5e-5, 0.015, 3);
        final long targetNs = nowNs + 10 * MS;
        send(targetNs);
        for (int i = 0; i < 25; i++) {
            nowNs += MS;
            generator.generate(Motion.FOLLOW, nowNs, 1);
        }

        final double pastS = 0.015;
        assertThat(generator.command().velocities()[0]).isCloseTo(0.015 + 3 * pastS, within(1e-9));
        assertThat(generator.command().positions()[0])
                .isCloseTo(5e-5 + 0.015 * pastS + 1.5 * pastS * pastS, within(1e-9));
    }

    @Test
    void shouldRampToAStandWithLimitedJerkAndReturnWithoutAJump() {
        moveAlongThePath(700);
        final double[] accelerations = generator.command().accelerations().clone();
        while (!generator.isStanding()) {
            nowNs += MS;
            assertThat(generator.generate(Motion.RAMP, nowNs, 1)).isZero();
            assertJerkLimited(accelerations, 1);
        }
        final double standsAt = generator.command().positions()[0];
        setpoint.joint(0, standsAt + 0.4, 0.5, 0);
        setpoint.joint(1, 0.1, 0.1, 0);
        setpoint.joint(2, 0.3, 0.2, 0);
        send(nowNs + 12 * MS);
        for (int i = 0; i < 10; i++) {
            final double before = generator.command().positions()[0];
            nowNs += MS;
            assertThat(generator.generate(Motion.FOLLOW, nowNs, 1)).isZero();
            assertThat(Math.abs(generator.command().positions()[0] - before)).isLessThan(1e-3);
        }
    }

    @Test
    void shouldStopAsFastAsTheLimitsAllowOnAnEmergency() {
        moveAlongThePath(700);
        double longestS = 0;
        for (int i = 0; i < 3; i++) {
            final double velocity = Math.abs(generator.command().velocities()[i]);
            longestS = Math.max(longestS, velocity / LIMITS.maxAcceleration(i));
        }
        int ticks = 0;
        while (!generator.isStanding()) {
            nowNs += MS;
            assertThat(generator.generate(Motion.STOP, nowNs, 1)).isZero();
            ticks++;
        }

        assertThat(ticks).isBetween((int) (longestS * 1e3), (int) (longestS * 1e3) + 3);
    }

    @Test
    void shouldJogOneJointByTheAskedWayWithinTheAskedSpeed() {
        generator.restart(new double[] {0.5, -0.2, 0}, nowNs);
        generator.jog(1, 0.3, 0.1);
        double fastest = 0;
        int ticks = 0;
        do {
            nowNs += MS;
            assertThat(generator.generate(Motion.JOG, nowNs, 1)).isZero();
            fastest = Math.max(fastest, Math.abs(generator.command().velocities()[1]));
        } while (!generator.isJogDone() && ticks++ < 20_000);

        assertThat(generator.isJogDone()).isTrue();
        assertThat(fastest).isBetween(0.149, 0.15 + 1e-9);
        assertThat(generator.command().positions()).containsExactly(new double[] {0.5, 0.1, 0}, within(1e-12));
        assertThat(generator.isStanding()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {101, 102, 103, 104})
    void shouldKeepEveryLimitOnWildSetpointsAndMotionsAndMissedTicks(final long seed) {
        final Random random = new Random(seed);
        generator.restart(new double[3], nowNs);
        final double[] positions = new double[3];
        final double[] velocities = new double[3];
        int previousPeriods = 1;
        Motion motion = Motion.RAMP;
        for (int tick = 0; tick < 20_000; tick++) {
            final int periods = random.nextInt(100) == 0 ? 1 + random.nextInt(20) : 1;
            nowNs += periods * MS;
            if (random.nextInt(10) == 0) {
                wildSetpoint(random);
            }
            if (random.nextInt(300) == 0) {
                motion = random.nextInt(3) == 0 ? Motion.STOP : Motion.RAMP;
            } else if (random.nextInt(30) == 0 && generator.setpoint().isPresent()) {
                motion = Motion.FOLLOW;
            }
            generator.generate(motion, nowNs, periods);
            final double stepS = periods * 1e-3;
            for (int i = 0; i < 3; i++) {
                final String at = "seed " + seed + ", tick " + tick + ", joint " + i;
                final double position = generator.command().positions()[i];
                final double velocity = (position - positions[i]) / stepS;
                assertThat(position).as(at).isBetween(LIMITS.lowerPosition(i) - 1e-9, LIMITS.upperPosition(i) + 1e-9);
                assertThat(Math.abs(velocity)).as(at).isLessThanOrEqualTo(LIMITS.maxVelocity(i) + 1e-9);
                assertThat(Math.abs(velocity - velocities[i]))
                        .as(at)
                        .isLessThanOrEqualTo(LIMITS.maxAcceleration(i) * 0.5e-3 * (periods + previousPeriods) + 1e-9);
                velocities[i] = velocity;
                positions[i] = position;
            }
            previousPeriods = periods;
        }
    }

    /** How far the command is on the line from 0 to the goal; it must be on it. */
    private double assertOnTheLine(final int tick, final double[] goal) {
        final double[] at = generator.command().positions();
        final double s = at[0] / goal[0];
        assertThat(at).as("tick %d", tick).containsExactly(times(goal, s), within(1e-4));
        return s;
    }

    /** Rest to rest along the line in half a second, then a stand. */
    private void setpointOnTheLine(final double[] goal, final long elapsedMs) {
        final double t = Math.min(0.5, elapsedMs * 1e-3);
        final double u = t / 0.5;
        for (int i = 0; i < 3; i++) {
            final double velocity = goal[i] * 30 * u * u * (1 - u) * (1 - u) / 0.5;
            final double acceleration = goal[i] * 60 * u * (1 - u) * (1 - 2 * u) / 0.25;
            setpoint.joint(i, goal[i] * share(elapsedMs), velocity, acceleration);
        }
        send(nowNs + 12 * MS);
    }

    private static double share(final long elapsedMs) {
        final double u = Math.min(1, elapsedMs / 500.0);
        return u * u * u * (10 + u * (-15 + u * 6));
    }

    private static double[] times(final double[] values, final double factor) {
        return Arrays.stream(values).map(value -> value * factor).toArray();
    }

    private void wildSetpoint(final Random random) {
        for (int i = 0; i < 3; i++) {
            final double now = generator.command().positions()[i];
            if (random.nextInt(4) == 0) {
                setpoint.joint(i, 8 * random.nextGaussian(), 20 * random.nextGaussian(), 100 * random.nextGaussian());
            } else {
                setpoint.joint(i, now + 0.02 * random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
            }
        }
        send(nowNs + (random.nextInt(40) - 15) * MS);
    }

    private void moveAlongThePath(final int ticks) {
        final long startNs = nowNs;
        generator.restart(new double[] {path(0, 0), path(1, 0), path(2, 0)}, nowNs);
        for (int tick = 0; tick < ticks; tick++) {
            if (tick % 10 == 0) {
                setpointOnPath(startNs, nowNs + 12 * MS);
            }
            nowNs += MS;
            generator.generate(Motion.FOLLOW, nowNs, 1);
        }
    }

    private void assertJerkLimited(final double[] previous, final int periods) {
        for (int i = 0; i < 3; i++) {
            final double acceleration = generator.command().accelerations()[i];
            assertThat(Math.abs(acceleration - previous[i]))
                    .isLessThanOrEqualTo(LIMITS.maxJerk(i) * periods * 1e-3 + 1e-9);
            previous[i] = acceleration;
        }
    }

    private void setpointOnPath(final long startNs, final long targetNs) {
        final double t = (targetNs - startNs) * 1e-9;
        final double w = 2;
        for (int i = 0; i < 3; i++) {
            final double phase = w * t + i;
            setpoint.joint(i, 0.5 * Math.sin(phase), 0.5 * w * Math.cos(phase), -0.5 * w * w * Math.sin(phase));
        }
        send(targetNs);
    }

    private static double path(final int joint, final double tS) {
        return 0.5 * Math.sin(2 * tS + joint);
    }

    private void send(final long targetNs) {
        setpoint.timing(sequence++, nowNs, targetNs);
        generator.setpoint(setpoint);
    }
}
