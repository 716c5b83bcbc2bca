package io.tendon.fusion.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PickAndPlaceTest {
    private static final long WINDOW_NS = 10_000_000L;
    private static final long T0 = 1_700_000_000_000_000_000L;
    private static final int TEN_MINUTES = 60_000;
    private static final double[] HOME = {0, 0, 0};
    private static final double[] ABOVE_A = {0.8, 0.5, -0.2};
    private static final double[] AT_A = {0.8, 0.9, -0.3};
    private static final double[] ABOVE_B = {-0.7, 0.5, -0.1};
    private static final double[] AT_B = {-0.7, 0.95, -0.25};
    private static final double[] NOWHERE = {3, 3, 3};

    private final MotionLimits limits =
            new MotionLimits(new double[] {2, 2, 3}, new double[] {6, 6, 9}, new double[] {80, 80, 120});
    private final Station a = new Station(new double[][] {ABOVE_A, {0.8, 0.72, -0.26}, AT_A});
    private final Station b = new Station(new double[][] {ABOVE_B, {-0.7, 0.75, -0.2}, AT_B});
    private final CellPlan plan = new CellPlan(HOME, a, b, new GripPlan(FakeArm.BLOCK_M, 0.06, 0.02, 20, 0.2), 0);
    private final Heard heard = new Heard();
    private final PickAndPlace task =
            new PickAndPlace(plan, limits, new TaskSettings(WINDOW_NS, 15_000_000L, 0.03, 10), heard);
    private final FakeArm arm = new FakeArm(new double[] {0.1, -0.2, 0.3}, AT_A, WINDOW_NS);
    private final ArmSetpoint setpoint = new ArmSetpoint(3);
    private final double[] before = new double[3];
    private final double[] velocityBefore = new double[3];
    private final double[] accelerationBefore = new double[3];
    private long windowEndNs = T0;
    private boolean hasBefore;

    @Test
    void shouldPickAndPlaceTenTimesThereAndBack() {
        for (int k = 1; k <= 10; k++) {
            runUntilCompleted(k);
            assertThat(arm.block).containsExactly(k % 2 == 1 ? AT_B : AT_A, within(1e-3));
        }
        assertThat(heard.completed).hasSize(10).allSatisfy(s -> assertThat(s).isBetween(3.0, 10.0));
        assertThat(heard.failed).isEmpty();
        assertThat(task.failed()).isZero();
    }

    @Test
    void shouldGoThroughItsStepsInOrder() {
        runUntilCompleted(1);

        assertThat(heard.steps)
                .startsWith(
                        TaskStep.HOME,
                        TaskStep.APPROACH,
                        TaskStep.DESCEND,
                        TaskStep.GRASP,
                        TaskStep.LIFT,
                        TaskStep.TRANSFER,
                        TaskStep.LOWER,
                        TaskStep.RELEASE,
                        TaskStep.RETREAT,
                        TaskStep.HOME);
    }

    @Test
    void shouldGiveNoSetpointBeforeItKnowsTheArm() {
        assertThat(task.onWindow(T0, null, setpoint)).isFalse();
    }

    @Test
    void shouldRepeatTheCommandedPositionsWhileControlDoesNotFollow() {
        arm.standStill();
        for (int i = 0; i < 50; i++) {
            window();
            assertThat(setpoint.positions).containsExactly(arm.sample.commandPositions);
            assertThat(setpoint.velocities).containsOnly(0);
        }
        assertThat(task.step()).isEqualTo(TaskStep.IDLE);
    }

    @Test
    void shouldStandStillWhenControlIsSilent() {
        runUntil(TaskStep.TRANSFER);
        for (int i = 0; i < 30; i++) {
            windowEndNs += WINDOW_NS;
            assertThat(task.onWindow(windowEndNs, null, setpoint)).isTrue();
        }

        assertThat(setpoint.velocities).containsOnly(0);
        assertThat(setpoint.positions).containsExactly(arm.sample.commandPositions, within(1e-4));
        hasBefore = false;
        runUntilCompleted(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskStep.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"IDLE", "FAILED"})
    void shouldFinishTheTaskAfterAHoldInAnyStep(final TaskStep step) {
        runUntil(step);
        for (int i = 0; i < 7; i++) {
            window();
        }
        arm.standStill();
        for (int i = 0; i < 100; i++) {
            window();
        }
        arm.follow();

        runUntilCompleted(1);
        assertThat(arm.block).containsExactly(AT_B, within(1e-3));
        assertThat(task.failed()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskStep.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"IDLE", "FAILED"})
    void shouldFinishTheTaskAfterTheArmWasMovedByHand(final TaskStep step) {
        runUntil(step);
        arm.standStill();
        window();
        arm.jogTo(new double[] {0.2, 0.1, 0.4});
        for (int i = 0; i < 20; i++) {
            window();
        }
        arm.follow();

        runUntilCompleted(1);
        assertThat(arm.block).containsExactly(AT_B, within(1e-3));
    }

    @Test
    void shouldTryAgainWhenTheBlockSlipsOutOfTheFingers() {
        arm.isSlippery = true;
        runUntil(TaskStep.GRASP);
        runUntil(TaskStep.APPROACH);
        arm.isSlippery = false;

        runUntilCompleted(1);
        assertThat(heard.steps.stream().filter(s -> s == TaskStep.GRASP)).hasSize(2);
        assertThat(task.failed()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskStep.class,
            names = {"LIFT", "TRANSFER", "LOWER"})
    void shouldNoticeALostGripAndFetchTheBlockAgain(final TaskStep step) {
        runUntil(step);
        for (int i = 0; i < 10; i++) {
            window();
        }
        assertThat(task.isObjectHeld()).isTrue();
        arm.drop(AT_A);
        runUntil(TaskStep.APPROACH);
        assertThat(task.isObjectHeld()).isFalse();

        runUntilCompleted(1);
        assertThat(arm.block).containsExactly(AT_B, within(1e-3));
        assertThat(task.failed()).isZero();
    }

    @Test
    void shouldGiveUpAfterTwoTriesAndGoOnAtTheOtherPlace() {
        arm.drop(NOWHERE);
        runUntil(TaskStep.FAILED);
        assertThat(task.failed()).isEqualTo(1);
        assertThat(heard.failed).containsExactly("nothing between the fingers at the pick");
        arm.drop(AT_B);

        runUntilCompleted(1);
        assertThat(arm.block).containsExactly(AT_A, within(1e-3));
        assertThat(task.failed()).isEqualTo(1);
    }

    @Test
    void shouldPlanAnewWhenControlHasLeftThePath() {
        runUntil(TaskStep.TRANSFER);
        for (int i = 0; i < 15; i++) {
            window();
        }
        // Control stopped by itself for 0.2 s although it says that it follows: fusion's set-points came too late for
        // it.
        final double[] stopped = arm.sample.commandPositions.clone();
        for (int i = 0; i < 20; i++) {
            windowEndNs += WINDOW_NS;
            task.onWindow(windowEndNs, arm.sample, setpoint);
            Arrays.fill(arm.sample.commandVelocities, 0);
            arm.sample.captureTimeNs = windowEndNs;
        }

        for (int j = 0; j < 3; j++) {
            assertThat(setpoint.positions[j]).isCloseTo(stopped[j], within(0.15));
        }
        arm.follow();
        hasBefore = false;
        runUntilCompleted(1);
        assertThat(arm.block).containsExactly(AT_B, within(1e-3));
    }

    private void runUntil(final TaskStep step) {
        for (int i = 0; i < TEN_MINUTES && task.step() != step; i++) {
            window();
        }
        assertThat(task.step()).isEqualTo(step);
    }

    private void runUntilCompleted(final int count) {
        for (int i = 0; i < TEN_MINUTES && task.completed() < count; i++) {
            window();
        }
        assertThat(task.completed()).isEqualTo(count);
    }

    private void window() {
        windowEndNs += WINDOW_NS;
        assertThat(task.onWindow(windowEndNs, arm.sample, setpoint)).isTrue();
        assertThat(setpoint.targetTimeNs).isEqualTo(windowEndNs + 15_000_000L);
        if (arm.sample.followsSetpoints) {
            assertThatMotionIsSmooth();
        } else {
            hasBefore = false;
        }
        arm.step(windowEndNs + WINDOW_NS, setpoint);
    }

    /** Within the limits, and each of position, velocity and acceleration goes on where the one before left off. */
    private void assertThatMotionIsSmooth() {
        final double dtS = WINDOW_NS / 1e9;
        for (int j = 0; j < 3; j++) {
            assertThat(Math.abs(setpoint.velocities[j])).isLessThanOrEqualTo(limits.velocity(j) * 1.05);
            assertThat(Math.abs(setpoint.accelerations[j])).isLessThanOrEqualTo(limits.acceleration(j) * 1.001);
            if (hasBefore) {
                final double jerk = (setpoint.accelerations[j] - accelerationBefore[j]) / dtS;
                assertThat(Math.abs(jerk)).isLessThanOrEqualTo(limits.jerk(j) * 1.01);
                final double meanVelocity = (setpoint.velocities[j] + velocityBefore[j]) / 2;
                assertThat(setpoint.positions[j]).isCloseTo(before[j] + meanVelocity * dtS, within(1e-4));
            }
            before[j] = setpoint.positions[j];
            velocityBefore[j] = setpoint.velocities[j];
            accelerationBefore[j] = setpoint.accelerations[j];
        }
        hasBefore = true;
    }

    private static final class Heard implements TaskListener {
        private final List<TaskStep> steps = new ArrayList<>();
        private final List<Double> completed = new ArrayList<>();
        private final List<String> failed = new ArrayList<>();

        @Override
        public void onStepChanged(final TaskStep from, final TaskStep to) {
            steps.add(to);
        }

        @Override
        public void onCompleted(final int count, final double durationS) {
            completed.add(durationS);
        }

        @Override
        public void onFailed(final int count, final String reason) {
            failed.add(reason);
        }
    }
}
