package io.tendon.fusion.task;

/**
 * Where the arm should be at one time: the mutable struct that the task fills and the encoder reads. Joints base to tip, in
 * rad (or m), per s and per s2. Owned by fusion's one thread.
 */
public final class ArmSetpoint {
    /** When the arm should be there, ns since the epoch. */
    public long targetTimeNs;

    /** Wanted opening of the gripper, m. */
    public double gripperWidthM;

    /** Most grip force to use, N. */
    public double gripperMaxForceN;

    /** Wanted joint positions. */
    public final double[] positions;

    /** Wanted joint velocities. */
    public final double[] velocities;

    /** Wanted joint accelerations. */
    public final double[] accelerations;

    /**
     * A set-point of an arm.
     *
     * @param jointCount number of joints, 1 to 16.
     */
    public ArmSetpoint(final int jointCount) {
        positions = new double[jointCount];
        velocities = new double[jointCount];
        accelerations = new double[jointCount];
    }
}
