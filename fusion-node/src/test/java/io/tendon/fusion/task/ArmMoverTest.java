package io.tendon.fusion.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ArmMoverTest {
    private static final int N = 3;
    private static final long STEP_NS = 10_000_000L;
    private static final double[] START = {0.2, -0.4, 1};
    private static final double[] GOAL = {0.5, -1.2, 1};

    private final MotionLimits limits =
            new MotionLimits(new double[] {1, 2, 3}, new double[] {5, 4, 9}, new double[] {60, 80, 70});

    /** A tool that comes down on the table is told to stop: it must not go deeper than where it was going. */
    @Test
    void shouldStopNoFartherThanWhereItWasGoing() {
        final int steps = stepsOfALine();
        int endsAtGoal = 0;
        for (int at = 0; at < steps; at++) {
            final ArmMover mover = mover(at);
            final double[] from = mover.positions().clone();

            mover.stop();
            final int left = toTheEnd(mover, at);

            for (int j = 0; j < N; j++) {
                assertThat(Math.abs(mover.positions()[j] - START[j]))
                        .as("stop in step %d, joint %d", at, j)
                        .isLessThanOrEqualTo(Math.abs(GOAL[j] - START[j]) + 1e-9)
                        .isGreaterThanOrEqualTo(Math.abs(from[j] - START[j]) - 1e-9);
            }
            assertThat(mover.end()).containsExactly(mover.positions());
            assertThat(left).as("stop in step %d", at).isLessThanOrEqualTo(steps);
            endsAtGoal += Math.abs(mover.positions()[1] - GOAL[1]) < 1e-9 ? 1 : 0;
        }
        // Early it stops on the way, late at the goal.
        assertThat(endsAtGoal).isBetween(steps / 10, steps * 2 / 3);
    }

    @Test
    void shouldGoOnFromWhereItStops() {
        for (int at = 0; at < stepsOfALine(); at++) {
            final ArmMover mover = mover(at);
            mover.stop();
            mover.lineTo(START);
            mover.lineTo(GOAL);
            mover.lineTo(START);
            mover.lineTo(GOAL);
            toTheEnd(mover, at);

            assertThat(mover.positions()).containsExactly(GOAL, within(1e-12));
        }
    }

    private ArmMover mover(final int steps) {
        final ArmMover mover = new ArmMover(limits, 4);
        mover.standAt(START);
        mover.lineTo(START);
        mover.lineTo(GOAL);
        mover.lineTo(START);
        for (int i = 0; i < steps; i++) {
            mover.advance(STEP_NS);
        }
        return mover;
    }

    private int stepsOfALine() {
        final ArmMover mover = new ArmMover(limits, 4);
        mover.standAt(START);
        mover.lineTo(GOAL);
        int steps = 0;
        while (!mover.isDone()) {
            mover.advance(STEP_NS);
            steps++;
        }
        return steps;
    }

    /** Moves on until it stands, within the limits and without a jump. */
    private int toTheEnd(final ArmMover mover, final int at) {
        int steps = 0;
        final double[] before = mover.positions().clone();
        while (!mover.isDone()) {
            mover.advance(STEP_NS);
            for (int j = 0; j < N; j++) {
                assertThat(Math.abs(mover.velocities()[j]))
                        .as("step %d", at)
                        .isLessThanOrEqualTo(1.02 * limits.velocity(j));
                assertThat(Math.abs(mover.accelerations()[j]))
                        .as("step %d", at)
                        .isLessThanOrEqualTo(1.02 * limits.acceleration(j));
                assertThat(Math.abs(mover.positions()[j] - before[j]))
                        .as("step %d", at)
                        .isLessThanOrEqualTo(1.02 * limits.velocity(j) * STEP_NS / 1e9);
                before[j] = mover.positions()[j];
            }
            steps++;
            assertThat(steps).isLessThan(10_000);
        }
        return steps;
    }
}
