package io.tendon.fusion.kinematics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tendon.fusion.ShippedRobot;
import io.tendon.fusion.kinematics.ToolGoal.Orientation;
import io.tendon.robot.ForwardKinematics;
import io.tendon.robot.Pose;
import io.tendon.robot.RobotModel;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InverseKinematicsTest {
    private static final int TARGETS = 500;
    private static final int RESTARTS = 30;
    private static final long SEED = 4711;

    private final RobotModel robot = ShippedRobot.read();
    private final InverseKinematics inverse = new InverseKinematics(robot);
    private final ForwardKinematics forward = new ForwardKinematics(robot.chain());
    private final double[] solution = new double[robot.jointCount()];

    @ParameterizedTest
    @EnumSource(Orientation.class)
    void shouldSolveReachableTargets(final Orientation orientation) {
        final SplittableRandom random = new SplittableRandom(SEED);
        final double[] wanted = new double[robot.jointCount()];
        final ToolGoal goal = new ToolGoal();
        int solved = 0;
        for (int k = 0; k < TARGETS; k++) {
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = inverse.randomPosition(i, random);
            }
            forward.update(wanted);
            goal.set(forward.tip(), orientation);
            final boolean isSolved = inverse.solve(goal, robot.homePositions(), RESTARTS, random, solution);
            if (isSolved && inverse.angleErrorRad() <= InverseKinematics.ANGLE_TOLERANCE_RAD) {
                solved++;
                assertMeets(goal, "seed " + SEED + " target " + k);
            }
        }
        assertThat(solved).as("seed " + SEED).isGreaterThanOrEqualTo(TARGETS * 99 / 100);
    }

    @Test
    void shouldSayWhenAPlaceIsOutOfReach() {
        final ToolGoal goal = new ToolGoal().setDown(5, 0, 0.2, 0, Orientation.AXIS);

        final boolean isSolved = inverse.solve(goal, robot.homePositions(), 5, new SplittableRandom(1), solution);

        assertThat(isSolved).isFalse();
    }

    @Test
    void shouldMeetThePositionWhenTheOrientationCannotBeMet() {
        // Further and further out at one height: before the arm is too short it must give up pointing down.
        final ToolGoal goal = new ToolGoal();
        final SplittableRandom random = new SplittableRandom(SEED);
        double lastM = 0;
        double lastAngleRad = 0;
        for (double radiusM = 0.3; radiusM < robot.chain().reachM(); radiusM += 0.005) {
            goal.setDown(radiusM, 0, 0.1, 0, Orientation.AXIS);
            if (inverse.solve(goal, robot.homePositions(), RESTARTS, random, solution)) {
                lastM = radiusM;
                lastAngleRad = inverse.angleErrorRad();
                assertPosition(goal, "radius " + radiusM);
            }
        }

        assertThat(lastM).isGreaterThan(0.6);
        assertThat(lastAngleRad).isGreaterThan(0.3);
    }

    @Test
    void shouldStayInTheSeedsTurn() {
        final double[] seed = robot.homePositions();
        forward.update(seed);
        final ToolGoal goal = new ToolGoal().set(forward.tip(), Orientation.FULL);
        seed[5] += seed[5] > 0 ? -Math.PI : Math.PI;

        assertThat(inverse.solve(goal, seed, solution)).isTrue();
        for (int i = 0; i < seed.length; i++) {
            assertThat(Math.abs(solution[i] - seed[i])).isLessThan(Math.PI + 0.1);
        }
    }

    @Test
    void shouldAnswerTheSameInEachRun() {
        final ToolGoal goal = new ToolGoal().setDown(0.4, 0.2, 0.1, 0.3, Orientation.FULL);
        final double[] again = new double[solution.length];

        inverse.solve(goal, robot.homePositions(), RESTARTS, new SplittableRandom(9), solution);
        new InverseKinematics(robot).solve(goal, robot.homePositions(), RESTARTS, new SplittableRandom(9), again);

        assertThat(again).containsExactly(solution);
    }

    private void assertMeets(final ToolGoal goal, final String of) {
        for (int i = 0; i < solution.length; i++) {
            assertThat(solution[i])
                    .as(of)
                    .isBetween(
                            robot.joint(i).limits().lowerPosition(),
                            robot.joint(i).limits().upperPosition());
        }
        forward.update(solution);
        final Pose tip = forward.tip();
        for (int i = 0; i < 3; i++) {
            final double axisGap = tip.rotation()[3 * i + 2] - goal.rotation()[3 * i + 2];
            assertThat(axisGap).as(of).isCloseTo(0, within(5e-3));
            if (goal.orientation() == Orientation.FULL) {
                assertThat(tip.rotation()[3 * i]).as(of).isCloseTo(goal.rotation()[3 * i], within(5e-3));
            }
        }
        assertPosition(goal, of);
    }

    private void assertPosition(final ToolGoal goal, final String of) {
        forward.update(solution);
        double squaredM = 0;
        for (int i = 0; i < 3; i++) {
            final double d = forward.tip().positionM()[i] - goal.positionM()[i];
            squaredM += d * d;
        }
        assertThat(Math.sqrt(squaredM)).as(of).isLessThanOrEqualTo(InverseKinematics.POSITION_TOLERANCE_M);
    }
}
