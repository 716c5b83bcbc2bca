package io.tendon.fusion.kinematics;

import org.jspecify.annotations.Nullable;

/**
 * One step of damped least squares on two levels: the position is met first, the orientation with what freedom is left.
 *
 * <p>Task priority after Nakamura, Hanafusa, Yoshikawa, Task-Priority Based Redundancy Control of Robot Manipulators,
 * IJRR 6(2), 1987; damping proportional to the squared error after Sugihara, Solvability-Unconcerned Inverse Kinematics
 * by the Levenberg-Marquardt Method, IEEE T-RO 27(5), 2011. With e the position's error, Jp and Jo the linear and angular
 * rows: {@code dq1 = Jp^T (Jp Jp^T + l I)^-1 e}, {@code M = Jo N} with N the projector onto the null space of Jp, and {@code
 * dq = dq1 + M^T (M M^T + m I)^-1 (eo - Jo dq1)}.
 *
 * <p>Scratch space of one owner thread; allocates nothing after construction.
 */
final class DampedStep {
    private static final double DAMPING_PER_ERROR2 = 0.5;
    private static final double POSITION_DAMPING = 1e-7;
    private static final double PROJECTION_DAMPING = 1e-9;
    private static final double ORIENTATION_DAMPING = 1e-5;

    private final int n;
    private final double[] projected;
    private final double[] gram = new double[9];
    private final double[] inverse = new double[9];
    private final double[] cross = new double[9];
    private final double[] rest = new double[3];
    private final double[] multiplier = new double[3];

    DampedStep(final int jointCount) {
        n = jointCount;
        projected = new double[3 * jointCount];
    }

    /**
     * Computes a step.
     *
     * @param jacobian 6 x n, row-major, linear rows first; columns of joints that may not move are 0.
     * @param linear wanted motion of the tip, 3, m.
     * @param angular wanted rotation of the tip, 3, rad.
     * @param axis unit vector about which turning does not matter, or null when it does.
     * @param step receives n.
     */
    void compute(
            final double[] jacobian,
            final double[] linear,
            final double[] angular,
            final double @Nullable [] axis,
            final double[] step) {
        gramOf(jacobian, DAMPING_PER_ERROR2 * squared(linear) + POSITION_DAMPING);
        invert();
        multiply(inverse, linear, multiplier);
        for (int j = 0; j < n; j++) {
            step[j] = column(jacobian, j, multiplier);
        }
        project(jacobian, axis);
        for (int i = 0; i < 3; i++) {
            double moved = 0;
            for (int j = 0; j < n; j++) {
                moved += jacobian[(3 + i) * n + j] * step[j];
            }
            rest[i] = angular[i] - moved;
        }
        if (axis != null) {
            removeAlong(rest, axis);
        }
        gramOf(projected, DAMPING_PER_ERROR2 * squared(angular) + ORIENTATION_DAMPING);
        invert();
        multiply(inverse, rest, multiplier);
        for (int j = 0; j < n; j++) {
            step[j] += column(projected, j, multiplier);
        }
    }

    /** projected = (rows that matter of Jo) * (I - Jp^+ Jp). */
    private void project(final double[] jacobian, final double @Nullable [] axis) {
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < 3; i++) {
                projected[i * n + j] = jacobian[(3 + i) * n + j];
            }
            if (axis != null) {
                final double along =
                        axis[0] * projected[j] + axis[1] * projected[n + j] + axis[2] * projected[2 * n + j];
                for (int i = 0; i < 3; i++) {
                    projected[i * n + j] -= along * axis[i];
                }
            }
        }
        gramOf(jacobian, PROJECTION_DAMPING);
        invert();
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                double sum = 0;
                for (int j = 0; j < n; j++) {
                    sum += projected[i * n + j] * jacobian[k * n + j];
                }
                gram[3 * i + k] = sum;
            }
        }
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                cross[3 * i + k] =
                        gram[3 * i] * inverse[k] + gram[3 * i + 1] * inverse[3 + k] + gram[3 * i + 2] * inverse[6 + k];
            }
        }
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < n; j++) {
                projected[i * n + j] -= cross[3 * i] * jacobian[j]
                        + cross[3 * i + 1] * jacobian[n + j]
                        + cross[3 * i + 2] * jacobian[2 * n + j];
            }
        }
    }

    /** gram = A A^T + damping I for the first three rows of A. */
    private void gramOf(final double[] a, final double damping) {
        for (int i = 0; i < 3; i++) {
            for (int k = i; k < 3; k++) {
                double sum = i == k ? damping : 0;
                for (int j = 0; j < n; j++) {
                    sum += a[i * n + j] * a[k * n + j];
                }
                gram[3 * i + k] = sum;
                gram[3 * k + i] = sum;
            }
        }
    }

    /** inverse = gram^-1 by the adjugate; gram is symmetric and, being damped, positive definite. */
    private void invert() {
        final double[] g = gram;
        inverse[0] = g[4] * g[8] - g[5] * g[5];
        inverse[1] = g[2] * g[5] - g[1] * g[8];
        inverse[2] = g[1] * g[5] - g[2] * g[4];
        final double determinant = g[0] * inverse[0] + g[1] * inverse[1] + g[2] * inverse[2];
        inverse[3] = inverse[1];
        inverse[4] = g[0] * g[8] - g[2] * g[2];
        inverse[5] = g[1] * g[2] - g[0] * g[5];
        inverse[6] = inverse[2];
        inverse[7] = inverse[5];
        inverse[8] = g[0] * g[4] - g[1] * g[1];
        for (int i = 0; i < 9; i++) {
            inverse[i] /= determinant;
        }
    }

    private double column(final double[] a, final int j, final double[] v) {
        return a[j] * v[0] + a[n + j] * v[1] + a[2 * n + j] * v[2];
    }

    private static void multiply(final double[] m, final double[] v, final double[] out) {
        for (int i = 0; i < 3; i++) {
            out[i] = m[3 * i] * v[0] + m[3 * i + 1] * v[1] + m[3 * i + 2] * v[2];
        }
    }

    private static void removeAlong(final double[] v, final double[] axis) {
        final double along = v[0] * axis[0] + v[1] * axis[1] + v[2] * axis[2];
        for (int i = 0; i < 3; i++) {
            v[i] -= along * axis[i];
        }
    }

    private static double squared(final double[] v) {
        return v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
    }
}
