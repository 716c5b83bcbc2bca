package io.tendon.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is made of URDFs that somebody else wrote. */
class CorpusTest {
    static List<Path> robots() {
        return Corpus.files();
    }

    @ParameterizedTest
    @CsvSource({
        "six_axis_with_frames,         6, pan_joint,        wrist_c_joint, tool0,              0",
        "seven_axis_hand,              7, arm_joint1,       arm_joint7,    arm_hand_tcp,       2",
        "desk_arm_with_jaw,            5, shoulder_pan,     wrist_roll,    gripper_frame_link, 1",
        "endless_joints_three_fingers, 6, e_joint_1,        e_joint_6,     e_end_effector,     6",
        "scara3,                       3, theta1,           d3,            quill,              0",
        "snake16,                     16, bend_1,           bend_16,       seg_16,             0",
        "knuckle_gripper,              6, shoulder_joint,   wrist_3_joint, gripper_base,       6",
        "minimal,                      3, 1,                3,             e,                  0",
        "mobile_with_lift,             8, torso_lift_joint, wrist_roll_joint, gripper_link,    2",
        "x_forward_with_prop,          6, waist,            wrist_rotate,  wx/ee_gripper_link, 3",
        "gantry,                       6, bridge,           roll,          suction_tcp,        0",
        "four_finger_hand,             7, joint_1,          joint_7,       palm,              16",
        "sloppy,                       3, j1,               j3,            l3,                 0",
    })
    void shouldFindArmAndGripper(
            final String file,
            final int joints,
            final String first,
            final String last,
            final String tip,
            final int gripperJoints) {
        final RobotModel robot = Corpus.read(file);

        assertThat(robot.jointCount()).isEqualTo(joints);
        assertThat(robot.joint(0).name()).isEqualTo(first);
        assertThat(robot.joint(joints - 1).name()).isEqualTo(last);
        assertThat(robot.chain().tipLink()).isEqualTo(tip);
        assertThat(robot.gripper().jointNames()).hasSize(gripperJoints);
        assertThat(robot.gripper().inUrdf()).isEqualTo(gripperJoints > 0);
    }

    @ParameterizedTest
    @MethodSource("robots")
    void shouldGoHomeWithinTheLimitsTheSameWayEachTime(final Path file) {
        final RobotModel robot = UrdfReader.read(file);
        final double[] home = robot.homePositions();

        assertThat(UrdfReader.read(file).homePositions()).containsExactly(home);
        for (int i = 0; i < home.length; i++) {
            final JointLimits limits = robot.joint(i).limits();
            final double range = Math.min(limits.upperPosition() - limits.lowerPosition(), 2 * Math.PI);
            assertThat(home[i]).isBetween(limits.lowerPosition() + 0.05 * range, limits.upperPosition() - 0.05 * range);
        }
    }

    /** The sloppy arm cannot point its tool down within its limits. */
    static List<Path> robotsThatReachDown() {
        return Corpus.files().stream()
                .filter(file -> !file.endsWith("sloppy.urdf"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("robotsThatReachDown")
    void shouldGoHomeBentWithTheToolDownWhereTheArmCan(final Path file) {
        final RobotModel robot = UrdfReader.read(file);
        final ForwardKinematics kinematics = new ForwardKinematics(robot.chain());

        kinematics.update(robot.homePositions());

        assertThat(kinematics.tip().rotation()[8]).isLessThan(-0.9);
        for (int i = 1; i < robot.jointCount(); i++) {
            assertThat(kinematics.link(i).positionM()[2]).isGreaterThan(-0.05);
        }
    }

    @ParameterizedTest
    @MethodSource("robots")
    void shouldGiveEachMotorMoreThanGravityAndFrictionTake(final Path file) {
        final RobotModel robot = UrdfReader.read(file);
        final ChainDynamics dynamics = new ChainDynamics(robot.chain());
        dynamics.update(robot.homePositions(), 0);
        final double[] gravity = dynamics.gravityEfforts();
        final double[] inertia = dynamics.diagonalInertia();
        for (int i = 0; i < robot.jointCount(); i++) {
            final Joint joint = robot.joint(i);
            final JointLimits limits = joint.limits();
            final double needed = Math.abs(gravity[i])
                    + joint.frictionEffort()
                    + joint.dampingPerVelocity() * limits.maxVelocity()
                    + inertia[i] * limits.maxAcceleration();
            assertThat(needed).as(joint.name()).isLessThan(limits.maxEffort());
            assertThat(limits.maxJerk()).isCloseTo(limits.maxAcceleration() / 0.05, within(1e-9));
        }
    }

    @Test
    void shouldMeasureHowWideSlidingFingersOpen() {
        assertThat(Corpus.read("seven_axis_hand").gripper().maxWidthM()).isCloseTo(0.08, within(1e-12));
        assertThat(Corpus.read("mobile_with_lift").gripper().maxWidthM()).isCloseTo(0.1, within(1e-12));
        assertThat(Corpus.read("mobile_with_lift").gripper().maxSpeedMPerS()).isCloseTo(0.1, within(1e-12));
        assertThat(Corpus.read("mobile_with_lift").gripper().maxForceN()).isCloseTo(60, within(1e-12));
        assertThat(Corpus.read("x_forward_with_prop").gripper().maxWidthM()).isCloseTo(0.044, within(1e-12));
        assertThat(Corpus.read("x_forward_with_prop").gripper().maxForceN()).isCloseTo(5, within(1e-12));
    }

    @Test
    void shouldGiveTurningJawsADefaultWidth() {
        assertThat(Corpus.read("knuckle_gripper").gripper().maxWidthM()).isEqualTo(GripperSizing.DEFAULT_WIDTH_M);
        assertThat(Corpus.read("desk_arm_with_jaw").gripper().maxWidthM()).isEqualTo(GripperSizing.DEFAULT_WIDTH_M);
    }

    @Test
    void shouldSayWhatItAssumes() {
        assertThat(Corpus.read("minimal").assumptions())
                .anyMatch(line -> line.contains("no gripper"))
                .anyMatch(line -> line.contains("no tool frame"))
                .anyMatch(line -> line.contains("has a mass"))
                .anyMatch(line -> line.contains("\"2\" has no velocity limit"))
                .anyMatch(line -> line.contains("\"2\" has no effort limit"));
        assertThat(Corpus.read("mobile_with_lift").assumptions())
                .anyMatch(line -> line.contains("left_wheel_joint") && line.contains("stand still"))
                .anyMatch(line -> line.contains("head_pan_joint") && line.contains("stand still"));
        assertThat(Corpus.read("x_forward_with_prop").assumptions())
                .anyMatch(line -> line.contains("+x axis of link \"wx/ee_gripper_link\" points out of the tool"));
        assertThat(Corpus.read("sloppy").assumptions())
                .anyMatch(line -> line.contains("inertia of link \"l2\""))
                .anyMatch(line -> line.contains("\"j3\" friction=50.0"))
                .anyMatch(line -> line.contains("\"j3\" effort limit 1.0") || line.contains("\"j1\" has no effort"));
    }

    @Test
    void shouldReadSloppySpellingAsItWasMeant() {
        final RobotModel robot = Corpus.read("sloppy");

        assertThat(robot.name()).isEqualTo("sloppy arm");
        assertThat(robot.joint(0).limits().upperPosition()).isEqualTo(1.5);
        assertThat(robot.joint(1).limits().lowerPosition()).isZero();
        assertThat(robot.joint(0).limits().maxVelocity()).isEqualTo(DriveSizing.DEFAULT_VELOCITY_RAD_PER_S);
    }

    @Test
    void shouldLetContinuousJointsTurnWithoutEnd() {
        final RobotModel robot = Corpus.read("endless_joints_three_fingers");

        assertThat(robot.joint(0).type()).isEqualTo(JointType.CONTINUOUS);
        assertThat(robot.joint(0).limits().isBounded()).isFalse();
        assertThat(robot.joint(0).limits().lowerPosition()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(robot.joint(0).limits().maxVelocity()).isEqualTo(0.63);
        assertThat(robot.joint(5).limits().maxVelocity()).isEqualTo(DriveSizing.DEFAULT_VELOCITY_RAD_PER_S);
        assertThat(robot.joint(1).limits().clamp(0)).isEqualTo(0.82);
    }

    @Test
    void shouldHandOutAFreshCopyOfHome() {
        final RobotModel robot = Corpus.read("scara3");
        final double[] home = robot.homePositions();
        home[0] = 99;

        assertThat(robot.homePositions()[0]).isNotEqualTo(99);
    }
}
