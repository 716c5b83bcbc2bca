package io.tendon.fusion.kinematics;

import io.tendon.robot.Pose;

/**
 * Where the tool should be: a position that must be met, and an orientation that is met as well as the arm can. Mutable;
 * one owner thread.
 */
public final class ToolGoal {
    /** How much of the orientation matters. */
    public enum Orientation {
        /** Only where the tool's z axis points; it may turn about it. */
        AXIS,
        /** All of it. */
        FULL
    }

    private final double[] positionM = new double[3];
    private final double[] rotation = new double[9];
    private Orientation orientation = Orientation.AXIS;

    /** Wanted position of the tip in the base frame, 3, m; the live array. */
    public double[] positionM() {
        return positionM;
    }

    /** Wanted rotation, base from tip, 9, row-major; the live array. */
    public double[] rotation() {
        return rotation;
    }

    /** How much of the rotation matters. */
    public Orientation orientation() {
        return orientation;
    }

    /**
     * A tool that points straight down.
     *
     * @param xM position in the base frame, m.
     * @param yM position, m.
     * @param zM position, m.
     * @param yawRad direction of the tool's x axis about the base's z axis.
     * @param wanted how much of the orientation matters.
     * @return this.
     */
    public ToolGoal setDown(
            final double xM, final double yM, final double zM, final double yawRad, final Orientation wanted) {
        positionM[0] = xM;
        positionM[1] = yM;
        positionM[2] = zM;
        final double c = Math.cos(yawRad);
        final double s = Math.sin(yawRad);
        // Columns: x = (c, s, 0), y = z cross x = (s, -c, 0), z = (0, 0, -1).
        rotation[0] = c;
        rotation[1] = s;
        rotation[2] = 0;
        rotation[3] = s;
        rotation[4] = -c;
        rotation[5] = 0;
        rotation[6] = 0;
        rotation[7] = 0;
        rotation[8] = -1;
        orientation = wanted;
        return this;
    }

    /**
     * A given pose.
     *
     * @param pose of the tip in the base frame; copied.
     * @param wanted how much of the orientation matters.
     * @return this.
     */
    public ToolGoal set(final Pose pose, final Orientation wanted) {
        System.arraycopy(pose.positionM(), 0, positionM, 0, 3);
        System.arraycopy(pose.rotation(), 0, rotation, 0, 9);
        orientation = wanted;
        return this;
    }
}
