package io.tendon.control.hardware.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tendon.control.Robots;
import io.tendon.robot.Gripper;
import io.tendon.robot.Pose;
import io.tendon.robot.cell.Workcell;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedBlockTest {
    private static final double STEP_S = 0.001;

    private final Workcell cell = Robots.cell();
    private final SimulatedBlock block = new SimulatedBlock(cell);
    private final SimulatedGripper gripper = new SimulatedGripper(new Gripper(true, 0.085, 60, 0.2, List.of()));
    private final Pose tip = new Pose();

    @Test
    void shouldBeGraspedCarriedAndReleasedToTheTable() {
        tipAt(0, 0, 0.005);
        close(20);
        assertThat(block.isHeld()).isTrue();
        assertThat(gripper.widthM()).isEqualTo(cell.blockSizeM());
        assertThat(gripper.forceN()).isCloseTo(20, within(0.1));
        assertThat(block.carriedKg()).isEqualTo(cell.blockMassKg());

        tipAt(-0.1, 0.2, 0.155);
        step(1);
        assertThat(block.centreM())
                .containsExactly(
                        new double[] {
                            cell.pickPositionM().xM() - 0.1,
                            cell.pickPositionM().yM() + 0.2,
                            cell.pickPositionM().zM() + 0.15
                        },
                        within(1e-12));

        gripper.command(0.08, 20);
        step(40);
        assertThat(block.isHeld()).isFalse();
        assertThat(block.centreM()[2]).isLessThan(cell.pickPositionM().zM() + 0.15);
        step(400);
        assertThat(block.centreM()[2]).isEqualTo(cell.tableHeightM() + cell.blockSizeM() / 2);
        assertThat(block.centreM()[0]).isCloseTo(cell.pickPositionM().xM() - 0.1, within(1e-12));
    }

    @Test
    void shouldTurnWithTheTool() {
        tipAt(0, 0.01, 0);
        close(20);
        tip.setXyzRpy(tip.positionM().clone(), new double[] {0, 0, Math.PI / 2});
        step(1);

        assertThat(block.centreM()[0]).isCloseTo(cell.pickPositionM().xM() + 0.01, within(1e-12));
        assertThat(block.centreM()[1]).isCloseTo(cell.pickPositionM().yM() + 0.01, within(1e-12));
    }

    @Test
    void shouldNotBeGraspedBesideIt() {
        tipAt(0.03, 0, 0);
        close(20);

        assertThat(block.isHeld()).isFalse();
        assertThat(gripper.widthM()).isZero();
        assertThat(gripper.forceN()).isZero();
    }

    @Test
    void shouldNotBeHeldByTooWeakAGrip() {
        tipAt(0, 0, 0);
        close(1);

        assertThat(block.isHeld()).isFalse();
        assertThat(gripper.forceN()).isCloseTo(1, within(0.01));
    }

    @Test
    void shouldPushBackWhenItIsPressedOntoTheTable() {
        tipAt(0, 0, 0);
        close(20);
        assertThat(block.contactForceN()).isZero();
        tipAt(0, 0, -0.002);
        step(1);

        assertThat(block.contactForceN()).isCloseTo(40, within(1e-6));
    }

    @Test
    void shouldMoveTheFingersNoFasterThanTheyCan() {
        tipAt(1, 1, 1);
        gripper.command(0, 20);
        step(100);

        assertThat(gripper.widthM()).isCloseTo(0.085 - 0.02, within(1e-9));
    }

    private void close(final double forceN) {
        gripper.command(0, forceN);
        step(600);
    }

    private void step(final int steps) {
        for (int i = 0; i < steps; i++) {
            gripper.step(STEP_S, block.widthBetweenFingersM(tip));
            block.step(STEP_S, tip, gripper.widthM(), gripper.forceN());
        }
    }

    private void tipAt(final double dx, final double dy, final double dz) {
        tip.positionM()[0] = cell.pickPositionM().xM() + dx;
        tip.positionM()[1] = cell.pickPositionM().yM() + dy;
        tip.positionM()[2] = cell.pickPositionM().zM() + dz;
    }
}
