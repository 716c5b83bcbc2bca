package io.tendon.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tendon.robot.cell.Workcell;
import io.tendon.robot.cell.WorkcellFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ShippedRobotTest {
    private static final Path CONFIG = Path.of("..", "deploy", "src", "main", "config");
    private final RobotModel robot = UrdfReader.read(CONFIG.resolve("robots/tendon6.urdf"));

    @Test
    void shouldHaveSixTurningJointsAndAGripper() {
        assertThat(robot.name()).isEqualTo("tendon6");
        assertThat(robot.joints())
                .extracting(Joint::name)
                .containsExactly("joint_1", "joint_2", "joint_3", "joint_4", "joint_5", "joint_6");
        assertThat(robot.joints()).extracting(Joint::type).containsOnly(JointType.REVOLUTE);
        assertThat(robot.gripper().inUrdf()).isTrue();
        assertThat(robot.gripper().maxWidthM()).isCloseTo(0.085, within(1e-12));
        assertThat(robot.gripper().jointNames()).containsExactly("left_finger_joint", "right_finger_joint");
        assertThat(robot.chain().tipLink()).isEqualTo("tool0");
    }

    @Test
    void shouldLeaveNothingToAssume() {
        assertThat(robot.assumptions()).isEmpty();
    }

    @Test
    void shouldStandStraightUpAtZero() {
        final ForwardKinematics kinematics = new ForwardKinematics(robot.chain());

        kinematics.update(new double[6]);

        assertThat(kinematics.tip().positionM()).containsExactly(new double[] {0, 0, 1.04}, within(1e-12));
        assertThat(robot.chain().reachM()).isCloseTo(0.85 + 0.09, within(1e-12));
    }

    @Test
    void shouldWeighWhatSuchAnArmWeighs() {
        assertThat(robot.chain().movingMassKg()).isBetween(11.0, 16.0);
    }

    @Test
    void shouldGoHomeWithTheToolDownAboveTheTable() {
        final ForwardKinematics kinematics = new ForwardKinematics(robot.chain());

        kinematics.update(robot.homePositions());

        assertThat(kinematics.tip().rotation()[8]).isLessThan(-0.98);
        assertThat(kinematics.tip().positionM()[0]).isBetween(0.2, 0.6);
        assertThat(kinematics.tip().positionM()[2]).isBetween(0.1, 0.5);
    }

    @Test
    void shouldHaveAWorkcellWithinReach() {
        final Workcell cell = WorkcellFile.read(CONFIG.resolve("cell.properties"));

        assertThat(cell.pickPositionM().toArray()).containsExactly(0.42, -0.22, 0.02);
        assertThat(Math.hypot(cell.placePositionM().xM(), cell.placePositionM().yM()))
                .isLessThan(0.6);
        assertThat(cell.blockSizeM()).isLessThan(robot.gripper().maxWidthM());
    }

    @Test
    void shouldBeQuickEnoughForItsTask() {
        for (final Joint joint : robot.joints()) {
            assertThat(joint.limits().maxAcceleration()).isGreaterThan(4);
        }
    }
}
