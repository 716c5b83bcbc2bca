package io.tendon.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForwardKinematicsTest {
    private static final long SEED = 20260711L;
    private static final int POSES = 40;

    static List<Path> robots() {
        return Corpus.files();
    }

    @Test
    void shouldPlaceATwoBarArmAsTrigonometryDoes() {
        final ForwardKinematics kinematics =
                new ForwardKinematics(Corpus.read("scara3").chain());
        final double a = 0.7;
        final double b = -1.1;

        kinematics.update(new double[] {a, b, 0.2});

        assertThat(kinematics.tip().positionM())
                .containsExactly(
                        new double[] {
                            0.3 * Math.cos(a) + 0.25 * Math.cos(a + b),
                            0.3 * Math.sin(a) + 0.25 * Math.sin(a + b),
                            0.4 - 0.2
                        },
                        within(1e-12));
        assertThat(kinematics.tip().rotation()[8]).isCloseTo(-1, within(1e-12));
    }

    @Test
    void shouldBendTheShippedArmForward() {
        final ForwardKinematics kinematics =
                new ForwardKinematics(UrdfReader.read(Corpus.SHIPPED).chain());

        kinematics.update(new double[] {0, Math.PI / 2, 0, 0, Math.PI / 2, 0});

        assertThat(kinematics.tip().positionM())
                .containsExactly(new double[] {0.34 + 0.14 + 0.16, 0, 0.19 - 0.075 - 0.135}, within(1e-12));
        assertThat(kinematics.tip().rotation())
                .containsExactly(new double[] {-1, 0, 0, 0, 1, 0, 0, 0, -1}, within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("robots")
    void shouldAgreeWithHomogeneousMatricesMadeFromTheFile(final Path file) {
        final RobotModel robot = UrdfReader.read(file);
        final NaiveRobot naive = new NaiveRobot(file);
        final ForwardKinematics kinematics = new ForwardKinematics(robot.chain());
        final SplittableRandom random = new SplittableRandom(SEED);
        final boolean tipIsALink = robot.assumptions().stream().noneMatch(line -> line.contains("between the roots"));
        final boolean tipIsTurned = robot.assumptions().stream().anyMatch(line -> line.contains("tip frame is turned"));
        for (int pose = 0; pose < POSES; pose++) {
            final double[] positions = Corpus.randomPositions(robot, random);
            final Map<String, Double> named = named(robot, positions);

            kinematics.update(positions);

            for (int i = 0; i < robot.jointCount(); i++) {
                final double[][] expected =
                        naive.frame(naive.childOf(robot.joint(i).name()), named);
                assertPosition(kinematics.link(i), expected, i);
                assertRotation(kinematics.link(i), expected, i);
            }
            final double[][] tip = naive.frame(robot.chain().tipLink(), named);
            if (tipIsALink) {
                assertPosition(kinematics.tip(), tip, -1);
            }
            if (!tipIsTurned) {
                assertRotation(kinematics.tip(), tip, -1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("robots")
    void shouldGiveTheJacobianThatFiniteDifferencesGive(final Path file) {
        final RobotModel robot = UrdfReader.read(file);
        final int n = robot.jointCount();
        final ForwardKinematics kinematics = new ForwardKinematics(robot.chain());
        final ForwardKinematics moved = new ForwardKinematics(robot.chain());
        final SplittableRandom random = new SplittableRandom(SEED);
        final double[] jacobian = new double[6 * n];
        final double h = 1e-6;
        for (int pose = 0; pose < POSES; pose++) {
            final double[] positions = Corpus.randomPositions(robot, random);
            kinematics.update(positions);
            kinematics.jacobian(jacobian);
            for (int i = 0; i < n; i++) {
                final double[] shifted = positions.clone();
                shifted[i] += h;
                moved.update(shifted);
                final Pose after = new Pose();
                after.set(moved.tip());
                shifted[i] -= 2 * h;
                moved.update(shifted);
                final double[] expected = twist(moved.tip(), after, 2 * h);
                for (int row = 0; row < 6; row++) {
                    assertThat(jacobian[row * n + i])
                            .as("seed %d pose %d joint %d row %d", SEED, pose, i, row)
                            .isCloseTo(expected[row], within(1e-8));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("robots")
    void shouldNeverReachFurtherThanTheReach(final Path file) {
        final RobotModel robot = UrdfReader.read(file);
        final ForwardKinematics kinematics = new ForwardKinematics(robot.chain());
        final SplittableRandom random = new SplittableRandom(SEED);
        double slide = 0;
        for (int i = 0; i < robot.jointCount(); i++) {
            if (robot.chain().isPrismatic(i)) {
                final JointLimits limits = robot.joint(i).limits();
                slide += Math.max(Math.abs(limits.lowerPosition()), Math.abs(limits.upperPosition()));
            }
        }
        for (int pose = 0; pose < POSES; pose++) {
            kinematics.update(Corpus.randomPositions(robot, random));
            final double[] tip = kinematics.tip().positionM();
            final double[] first = kinematics.link(0).positionM();
            final double distance = Math.sqrt(
                    Math.pow(tip[0] - first[0], 2) + Math.pow(tip[1] - first[1], 2) + Math.pow(tip[2] - first[2], 2));
            assertThat(distance).isLessThanOrEqualTo(robot.chain().reachM() + slide + 1e-9);
        }
    }

    private static Map<String, Double> named(final RobotModel robot, final double[] positions) {
        final Map<String, Double> named = new HashMap<>();
        for (int i = 0; i < positions.length; i++) {
            named.put(robot.joint(i).name(), positions[i]);
        }
        return named;
    }

    private static void assertPosition(final Pose pose, final double[][] expected, final int joint) {
        for (int k = 0; k < 3; k++) {
            assertThat(pose.positionM()[k])
                    .as("seed %d joint %d axis %d", SEED, joint, k)
                    .isCloseTo(expected[k][3], within(1e-10));
        }
    }

    private static void assertRotation(final Pose pose, final double[][] expected, final int joint) {
        for (int k = 0; k < 9; k++) {
            assertThat(pose.rotation()[k])
                    .as("seed %d joint %d element %d", SEED, joint, k)
                    .isCloseTo(expected[k / 3][k % 3], within(1e-10));
        }
    }

    /** Velocity and angular velocity between two poses; the skew part of B A' is the turn. */
    private static double[] twist(final Pose before, final Pose after, final double seconds) {
        final double[] a = before.rotation();
        final double[] b = after.rotation();
        final double[] turn = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    turn[3 * i + j] += b[3 * i + k] * a[3 * j + k];
                }
            }
        }
        final double[] p = before.positionM();
        final double[] q = after.positionM();
        return new double[] {
            (q[0] - p[0]) / seconds,
            (q[1] - p[1]) / seconds,
            (q[2] - p[2]) / seconds,
            (turn[7] - turn[5]) / 2 / seconds,
            (turn[2] - turn[6]) / 2 / seconds,
            (turn[3] - turn[1]) / 2 / seconds
        };
    }
}
