package io.tendon.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PoseTest {
    private static final long SEED = 77L;

    @Test
    void shouldStartAsTheIdentity() {
        final Pose pose = new Pose();
        final double[] quaternion = new double[4];
        pose.quaternion(quaternion);

        assertThat(pose.positionM()).containsExactly(0, 0, 0);
        assertThat(pose.rotation()).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1);
        assertThat(quaternion).containsExactly(0, 0, 0, 1);
    }

    @Test
    void shouldRollThenPitchThenYawAboutFixedAxes() {
        final Pose pose = new Pose();

        pose.setXyzRpy(new double[] {1, 2, 3}, new double[] {Math.PI / 2, 0, Math.PI / 2});

        final double[] out = new double[3];
        pose.transformPoint(new double[] {0, 1, 0}, 0, out);
        // Roll turns y to z, which yaw leaves alone.
        assertThat(out).containsExactly(new double[] {1, 2, 4}, within(1e-15));
        pose.transformPoint(new double[] {1, 0, 0}, 0, out);
        assertThat(out).containsExactly(new double[] {1, 3, 3}, within(1e-15));
    }

    @Test
    void shouldMultiplyIntoEitherFactor() {
        final SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 50; i++) {
            final Pose a = random(random);
            final Pose b = random(random);
            final Pose product = new Pose();
            product.setProduct(a, b);
            final Pose intoFirst = copy(a);
            intoFirst.setProduct(intoFirst, b);
            final Pose intoSecond = copy(b);
            intoSecond.setProduct(a, intoSecond);

            assertThat(intoFirst.rotation()).containsExactly(product.rotation());
            assertThat(intoFirst.positionM()).containsExactly(product.positionM());
            assertThat(intoSecond.rotation()).containsExactly(product.rotation());
            assertThat(intoSecond.positionM()).containsExactly(product.positionM());
        }
    }

    @Test
    void shouldTransformAPointByAProductAsByItsFactorsInTurn() {
        final SplittableRandom random = new SplittableRandom(SEED);
        final double[] point = {0.3, -0.7, 1.9};
        final double[] inner = new double[3];
        final double[] expected = new double[3];
        final double[] actual = new double[3];
        for (int i = 0; i < 50; i++) {
            final Pose a = random(random);
            final Pose b = random(random);
            final Pose product = new Pose();
            product.setProduct(a, b);
            b.transformPoint(point, 0, inner);
            a.transformPoint(inner, 0, expected);
            product.transformPoint(point, 0, actual);

            assertThat(actual).as("seed %d", SEED).containsExactly(expected, within(1e-12));
        }
    }

    @Test
    void shouldGiveTheQuaternionThatTurnsAsTheMatrixDoes() {
        final SplittableRandom random = new SplittableRandom(SEED);
        final double[] q = new double[4];
        for (int i = 0; i < 400; i++) {
            final Pose pose = random(random);
            pose.quaternion(q);

            assertThat(q[3]).isGreaterThanOrEqualTo(0);
            assertThat(matrixOf(q)).as("seed %d case %d", SEED, i).containsExactly(pose.rotation(), within(1e-12));
        }
    }

    @Test
    void shouldGiveTheQuaternionOfHalfTurns() {
        final double[] q = new double[4];
        final Pose pose = new Pose();
        for (int axis = 0; axis < 3; axis++) {
            final double[] rpy = new double[3];
            rpy[axis] = Math.PI;
            pose.setXyzRpy(new double[3], rpy);
            pose.quaternion(q);

            assertThat(matrixOf(q)).containsExactly(pose.rotation(), within(1e-12));
            assertThat(Math.abs(q[axis])).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void shouldTurnAboutAnAxisAsRollPitchAndYawDo() {
        final Pose byAxis = new Pose();
        final Pose byAngles = new Pose();
        for (int axis = 0; axis < 3; axis++) {
            final double[] unit = new double[3];
            unit[axis] = 1;
            final double[] rpy = new double[3];
            rpy[axis] = -1.3;
            byAxis.setAxisAngle(unit, 0, -1.3);
            byAngles.setXyzRpy(new double[3], rpy);

            assertThat(byAxis.rotation()).containsExactly(byAngles.rotation(), within(1e-15));
        }
    }

    private static Pose random(final SplittableRandom random) {
        final Pose pose = new Pose();
        pose.setXyzRpy(
                new double[] {random.nextDouble(-2, 2), random.nextDouble(-2, 2), random.nextDouble(-2, 2)},
                new double[] {random.nextDouble(-4, 4), random.nextDouble(-4, 4), random.nextDouble(-4, 4)});
        return pose;
    }

    private static Pose copy(final Pose pose) {
        final Pose copy = new Pose();
        copy.set(pose);
        return copy;
    }

    private static double[] matrixOf(final double[] q) {
        final double x = q[0];
        final double y = q[1];
        final double z = q[2];
        final double w = q[3];
        return new double[] {
            1 - 2 * (y * y + z * z),
            2 * (x * y - w * z),
            2 * (x * z + w * y),
            2 * (x * y + w * z),
            1 - 2 * (x * x + z * z),
            2 * (y * z - w * x),
            2 * (x * z - w * y),
            2 * (y * z + w * x),
            1 - 2 * (x * x + y * y)
        };
    }
}
