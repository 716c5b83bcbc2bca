package io.tendon.fusion.kinematics;

import io.tendon.robot.Pose;

/** How far a tip is from its goal, as two vectors in the base frame. Scratch space of one owner thread. */
final class ToolError {
    private static final double ANTIPARALLEL = 1e-9;

    /** From tip to goal, m. */
    final double[] linearM = new double[3];

    /** Rotation that turns the tip to the goal: axis times angle, rad. */
    final double[] angularRad = new double[3];

    private double distanceM;
    private double angleRad;

    void update(final ToolGoal goal, final Pose tip) {
        for (int i = 0; i < 3; i++) {
            linearM[i] = goal.positionM()[i] - tip.positionM()[i];
        }
        distanceM = length(linearM);
        if (goal.orientation() == ToolGoal.Orientation.FULL) {
            updateFull(goal.rotation(), tip.rotation());
        } else {
            updateAxis(goal.rotation(), tip.rotation());
        }
        angleRad = length(angularRad);
    }

    /** Distance of tip and goal, m. */
    double distanceM() {
        return distanceM;
    }

    /** Angle that is missing in as much of the orientation as matters, 0 to pi rad. */
    double angleRad() {
        return angleRad;
    }

    private void updateAxis(final double[] goal, final double[] tip) {
        final double ax = tip[2];
        final double ay = tip[5];
        final double az = tip[8];
        final double bx = goal[2];
        final double by = goal[5];
        final double bz = goal[8];
        angularRad[0] = ay * bz - az * by;
        angularRad[1] = az * bx - ax * bz;
        angularRad[2] = ax * by - ay * bx;
        scaleToAngle(ax * bx + ay * by + az * bz, tip);
    }

    private void updateFull(final double[] goal, final double[] tip) {
        // The rotation goal * tip^T has the axis (r21 - r12, r02 - r20, r10 - r01) / (2 sin) and the trace 1 + 2 cos.
        double trace = 0;
        for (int i = 0; i < 3; i++) {
            trace += row(goal, i, tip, i);
        }
        angularRad[0] = (row(goal, 2, tip, 1) - row(goal, 1, tip, 2)) / 2;
        angularRad[1] = (row(goal, 0, tip, 2) - row(goal, 2, tip, 0)) / 2;
        angularRad[2] = (row(goal, 1, tip, 0) - row(goal, 0, tip, 1)) / 2;
        scaleToAngle((trace - 1) / 2, tip);
    }

    /** The vector's length is the sine; gives it the length of the angle. Half a turn has no axis: any one will do. */
    private void scaleToAngle(final double cosine, final double[] tip) {
        final double sine = length(angularRad);
        final double angle = Math.atan2(sine, cosine);
        if (sine > ANTIPARALLEL) {
            for (int i = 0; i < 3; i++) {
                angularRad[i] *= angle / sine;
            }
        } else if (cosine < 0) {
            for (int i = 0; i < 3; i++) {
                angularRad[i] = tip[3 * i] * angle;
            }
        }
    }

    private static double row(final double[] a, final int i, final double[] b, final int j) {
        return a[3 * i] * b[3 * j] + a[3 * i + 1] * b[3 * j + 1] + a[3 * i + 2] * b[3 * j + 2];
    }

    private static double length(final double[] v) {
        return Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    }
}
