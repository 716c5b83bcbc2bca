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

class ChainDynamicsTest {
    private static final long SEED = 1687L;
    private static final int POSES = 12;

    /** Those whose masses are taken from the file as they are, and whose tip is a link. */
    static List<Path> robots() {
        return Corpus.files().stream()
                .filter(file -> UrdfReader.read(file).assumptions().stream()
                        .noneMatch(line -> line.contains("no link that moves has a mass")
                                || line.contains("of no real body")
                                || line.contains("between the roots")))
                .toList();
    }

    @Test
    void shouldTestMostOfTheCorpus() {
        assertThat(robots()).hasSizeGreaterThan(8);
    }

    @ParameterizedTest
    @MethodSource("robots")
    void shouldHoldTheGradientOfThePotentialEnergy(final Path file) {
        final RobotModel robot = UrdfReader.read(file);
        final NaiveRobot naive = new NaiveRobot(file);
        final ChainDynamics dynamics = new ChainDynamics(robot.chain());
        final SplittableRandom random = new SplittableRandom(SEED);
        final double[] efforts = dynamics.gravityEfforts();
        final double h = 1e-5;
        final String tip = robot.chain().tipLink();
        for (int pose = 0; pose < POSES; pose++) {
            final double payloadKg = pose % 2 == 0 ? 0 : 1.7;
            final double[] positions = Corpus.randomPositions(robot, random);
            dynamics.update(positions, payloadKg);
            for (int i = 0; i < efforts.length; i++) {
                final Map<String, Double> before = named(robot, positions);
                final Map<String, Double> after = named(robot, positions);
                before.merge(robot.joint(i).name(), -h, Double::sum);
                after.merge(robot.joint(i).name(), h, Double::sum);
                final double gradient =
                        (naive.potentialEnergy(after, tip, payloadKg) - naive.potentialEnergy(before, tip, payloadKg))
                                / (2 * h);
                assertThat(efforts[i])
                        .as("seed %d pose %d joint %d", SEED, pose, i)
                        .isCloseTo(gradient, within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("robots")
    void shouldFeelTheInertiaThatTheKineticEnergyHas(final Path file) {
        final RobotModel robot = UrdfReader.read(file);
        final NaiveRobot naive = new NaiveRobot(file);
        final ChainDynamics dynamics = new ChainDynamics(robot.chain());
        final SplittableRandom random = new SplittableRandom(SEED);
        final double[] inertias = dynamics.diagonalInertia();
        for (int pose = 0; pose < POSES; pose++) {
            final double payloadKg = pose % 2 == 0 ? 0 : 0.8;
            final double[] positions = Corpus.randomPositions(robot, random);
            dynamics.update(positions, payloadKg);
            for (int i = 0; i < inertias.length; i++) {
                final double least =
                        robot.chain().isPrismatic(i) ? ChainDynamics.MIN_INERTIA_KG : ChainDynamics.MIN_INERTIA_KG_M2;
                final double felt = naive.inertiaFelt(
                        named(robot, positions),
                        robot.joint(i).name(),
                        robot.chain().tipLink(),
                        payloadKg);
                assertThat(inertias[i])
                        .as("seed %d pose %d joint %d", SEED, pose, i)
                        .isCloseTo(Math.max(felt, least), within(1e-7 * (1 + felt)));
            }
        }
    }

    @Test
    void shouldCarryTheWholeArmOnASlidingJointThatPointsUp() {
        final RobotModel robot = Corpus.read("mobile_with_lift");
        final ChainDynamics dynamics = new ChainDynamics(robot.chain());

        dynamics.update(robot.homePositions(), 2);

        assertThat(robot.joint(0).name()).isEqualTo("torso_lift_joint");
        assertThat(dynamics.gravityEfforts()[0])
                .isCloseTo((robot.chain().movingMassKg() + 2) * ChainDynamics.GRAVITY_M_PER_S2, within(1e-9));
    }

    @Test
    void shouldNeverReportLessThanAMotorsInertia() {
        final RobotModel robot = Corpus.read("minimal");
        final ChainDynamics dynamics = new ChainDynamics(robot.chain());

        dynamics.update(new double[3], 0);

        for (final double inertia : dynamics.diagonalInertia()) {
            assertThat(inertia).isGreaterThanOrEqualTo(ChainDynamics.MIN_INERTIA_KG_M2);
        }
    }

    private static Map<String, Double> named(final RobotModel robot, final double[] positions) {
        final Map<String, Double> named = new HashMap<>();
        for (int i = 0; i < positions.length; i++) {
            named.put(robot.joint(i).name(), positions[i]);
        }
        return named;
    }
}
