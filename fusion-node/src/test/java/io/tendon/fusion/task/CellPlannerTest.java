package io.tendon.fusion.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tendon.fusion.ShippedRobot;
import io.tendon.robot.ForwardKinematics;
import io.tendon.robot.RobotModel;
import io.tendon.robot.cell.Point;
import io.tendon.robot.cell.Workcell;
import org.junit.jupiter.api.Test;

class CellPlannerTest {
    private final RobotModel robot = ShippedRobot.read();
    private final Workcell cell = ShippedRobot.readCell();
    private final CellPlanner planner = new CellPlanner(robot);

    @Test
    void shouldPlanTheShippedCellStraightDown() {
        final CellPlan plan = planner.plan(cell);

        assertThat(plan.angleErrorRad()).isLessThan(0.02);
        assertDescends(plan.station(0), cell.pickPositionM());
        assertDescends(plan.station(1), cell.placePositionM());
    }

    @Test
    void shouldRefuseAPlaceOutOfReach() {
        final Workcell far = Workcell.onTable(0, 0.04, 0.25, new double[] {3, 0}, new double[] {0.4, 0.2}, 0.1, 0);

        assertThatThrownBy(() -> planner.plan(far))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("pick=Point[xM=3.0")
                .hasMessageContaining("plan-cell");
    }

    @Test
    void shouldRefuseABlockThatDoesNotFitBetweenTheFingers() {
        final Workcell big = Workcell.onTable(0, 0.2, 0.25, new double[] {0.4, -0.3}, new double[] {0.4, 0.3}, 0.2, 0);

        assertThatThrownBy(() -> planner.plan(big))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("block-size-m=0.2");
    }

    @Test
    void shouldTakeFiveToSevenSecondsForAPickAndPlace() {
        final CellPlan plan = planner.plan(cell);
        final long windowNs = 10_000_000L;
        final FakeArm arm = new FakeArm(robot.homePositions(), plan.station(0).grasp(), windowNs);
        final Durations durations = new Durations();
        final PickAndPlace task = new PickAndPlace(
                plan, MotionLimits.of(robot, 0.6), new TaskSettings(windowNs, 15_000_000L, 0.03, 10), durations);
        final ArmSetpoint setpoint = new ArmSetpoint(robot.jointCount());
        int windows = 0;
        for (long endNs = windowNs; task.completed() < 4 && windows < 10_000; endNs += windowNs) {
            task.onWindow(endNs, arm.sample, setpoint);
            arm.step(endNs + windowNs, setpoint);
            windows++;
        }

        assertThat(task.completed()).isEqualTo(4);
        assertThat(windows / 4).isBetween(450, 700);
        assertThat(durations.lastS).isBetween(4.5, 7.0);
    }

    private void assertDescends(final Station station, final Point block) {
        final ForwardKinematics forward = new ForwardKinematics(robot.chain());
        final double[] positions = new double[robot.jointCount()];
        for (int k = 0; k <= 20; k++) {
            final double s = k / 20.0;
            for (int i = 0; i < positions.length; i++) {
                positions[i] = station.down().position(s, i);
            }
            forward.update(positions);
            final double[] tip = forward.tip().positionM();
            assertThat(tip[0]).isCloseTo(block.xM(), within(1e-3));
            assertThat(tip[1]).isCloseTo(block.yM(), within(1e-3));
            assertThat(tip[2]).isCloseTo(block.zM() + (1 - s) * cell.approachHeightM(), within(1e-3));
            assertThat(forward.tip().rotation()[8]).isCloseTo(-1, within(1e-3));
        }
    }

    private static final class Durations implements TaskListener {
        private double lastS;

        @Override
        public void onStepChanged(final TaskStep from, final TaskStep to) {}

        @Override
        public void onCompleted(final int completed, final double durationS) {
            lastS = durationS;
        }

        @Override
        public void onFailed(final int failed, final String reason) {
            throw new AssertionError(reason);
        }
    }
}
