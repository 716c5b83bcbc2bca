package io.tendon.robot.cell;

/**
 * A place in the robot's base frame, whose z axis points up.
 *
 * @param xM m, finite.
 * @param yM m, finite.
 * @param zM m, finite.
 */
public record Point(double xM, double yM, double zM) {
    /** Refuses what is no place. */
    public Point {
        if (!Double.isFinite(xM) || !Double.isFinite(yM) || !Double.isFinite(zM)) {
            throw new IllegalArgumentException("point=(" + xM + ", " + yM + ", " + zM + "): must be finite");
        }
    }

    /**
     * As the kinematics take it.
     *
     * @return a fresh array x, y, z in m.
     */
    public double[] toArray() {
        return new double[] {xM, yM, zM};
    }

    /**
     * How far away another point is.
     *
     * @param other to measure to.
     * @return m.
     */
    public double distanceM(final Point other) {
        final double dx = xM - other.xM;
        final double dy = yM - other.yM;
        final double dz = zM - other.zM;
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }
}
