package io.tendon.control.hardware;

/**
 * What the motors are told in one cycle: per joint, base to tip, a position (rad or m) and the velocity that belongs to it
 * (rad/s or m/s), and what the gripper should do. Mutable; owner: the control loop's thread.
 */
public final class JointCommand {
    private final double[] positions;
    private final double[] velocities;
    private double gripperWidthM;
    private double gripperMaxForceN;

    /**
     * All 0.
     *
     * @param jointCount number of joints.
     */
    public JointCommand(final int jointCount) {
        positions = new double[jointCount];
        velocities = new double[jointCount];
    }

    /** The live array of positions. */
    public double[] positions() {
        return positions;
    }

    /** The live array of velocities. */
    public double[] velocities() {
        return velocities;
    }

    /** Sets the wanted opening in m and the most grip force in N. */
    public void gripper(final double widthM, final double maxForceN) {
        gripperWidthM = widthM;
        gripperMaxForceN = maxForceN;
    }

    /** Wanted opening, m. */
    public double gripperWidthM() {
        return gripperWidthM;
    }

    /** Most grip force to use, N. */
    public double gripperMaxForceN() {
        return gripperMaxForceN;
    }
}
