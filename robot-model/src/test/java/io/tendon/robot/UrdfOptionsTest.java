package io.tendon.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class UrdfOptionsTest {
    @Test
    void shouldEndTheArmAtTheGivenTip() {
        final RobotModel robot = UrdfReader.read(Corpus.file("snake16"), new UrdfOptions("seg_9", List.of()));

        assertThat(robot.jointCount()).isEqualTo(9);
        assertThat(robot.chain().tipLink()).isEqualTo("seg_9");
        assertThat(robot.gripper().jointNames())
                .containsExactly("bend_10", "bend_11", "bend_12", "bend_13", "bend_14", "bend_15", "bend_16");
    }

    @Test
    void shouldTakeTheGivenTipFrameAsItIs() {
        final RobotModel found = Corpus.read("x_forward_with_prop");
        final RobotModel given =
                UrdfReader.read(Corpus.file("x_forward_with_prop"), new UrdfOptions("wx/ee_gripper_link", List.of()));
        final ForwardKinematics turned = new ForwardKinematics(found.chain());
        final ForwardKinematics plain = new ForwardKinematics(given.chain());

        turned.update(new double[6]);
        plain.update(new double[6]);

        assertThat(plain.tip().rotation()).containsExactly(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, within(1e-12));
        assertThat(turned.tip().rotation()[2]).isCloseTo(1, within(1e-12));
        assertThat(plain.tip().positionM()).containsExactly(turned.tip().positionM(), within(1e-12));
        assertThat(given.gripper().jointNames())
                .containsExactlyElementsOf(found.gripper().jointNames());
    }

    @Test
    void shouldChooseOneOfTwoArmsByItsTip() {
        final RobotModel robot = read(twoArms(), new UrdfOptions("n6l", List.of()));

        assertThat(robot.joints()).extracting(Joint::name).containsExactly("n1", "n2", "n3", "n4", "n5", "n6");
    }

    @Test
    void shouldTakeTheGivenJointsForTheGripper() {
        final RobotModel robot =
                UrdfReader.read(Corpus.file("six_axis_with_frames"), new UrdfOptions(null, List.of("wrist_c_joint")));

        assertThat(robot.jointCount()).isEqualTo(5);
        assertThat(robot.gripper().jointNames()).containsExactly("wrist_c_joint");
    }

    @Test
    void shouldTakeFollowersOfTheGivenJointsToo() {
        final RobotModel robot =
                UrdfReader.read(Corpus.file("seven_axis_hand"), new UrdfOptions(null, List.of("arm_finger_joint1")));

        assertThat(robot.jointCount()).isEqualTo(7);
        assertThat(robot.gripper().jointNames()).containsExactly("arm_finger_joint1", "arm_finger_joint2");
    }

    @Test
    void shouldRefuseAnUnknownTipOrGripperJoint() {
        assertThatExceptionOfType(UrdfException.class)
                .isThrownBy(() -> UrdfReader.read(Corpus.file("scara3"), new UrdfOptions("hand", List.of())))
                .withMessageContaining("tip link \"hand\"");
        assertThatExceptionOfType(UrdfException.class)
                .isThrownBy(() -> UrdfReader.read(Corpus.file("scara3"), new UrdfOptions(null, List.of("jaw"))))
                .withMessageContaining("gripper joint \"jaw\"");
        assertThatExceptionOfType(UrdfException.class)
                .isThrownBy(() -> UrdfReader.read(Corpus.file("scara3"), new UrdfOptions("inner", List.of())))
                .withMessageContaining("1 moving joints [theta1]");
    }

    private static RobotModel read(final String text, final UrdfOptions options) {
        return UrdfReader.read("two.urdf", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), options);
    }

    private static String twoArms() {
        final StringBuilder text = new StringBuilder("<robot name='two'><link name='torso'/>");
        for (final String arm : List.of("m", "n")) {
            for (int k = 1; k <= 6; k++) {
                text.append(
                        "<link name='" + arm + k + "l'/><joint name='" + arm + k + "' type='continuous'><parent link='"
                                + (k == 1 ? "torso" : arm + (k - 1) + "l") + "'/><child link='" + arm + k
                                + "l'/><origin xyz='0 0 0.1'/></joint>");
            }
        }
        return text.append("</robot>").toString();
    }
}
