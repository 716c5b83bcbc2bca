package io.tendon.fusion.align;

/**
 * One measurement of the arm as control published it: the mutable struct that a decoder fills and every stage of fusion
 * reads, so that all of them see the same values. Joints are base to tip, in rad, rad/s and N m (revolute, continuous)
 * or m, m/s and N (prismatic). Owned by fusion's one thread.
 */
public final class ArmSample {
    /** When it was measured, ns since the epoch. */
    public long captureTimeNs;

    /** Sequence on control.state, from 0 per writer's life. */
    public long sequence;

    /** Session of the publication it came from: another life of control has another one. */
    public int sessionId;

    /** Log position at which its frame begins. */
    public long fromPosition;

    /** Log position behind its frame. */
    public long toPosition;

    /** True while control follows set-points; false while it waits, holds, jogs or is latched. */
    public boolean followsSetpoints;

    /** Measured opening of the gripper, m. */
    public double gripperWidthM;

    /** Measured grip force, N. */
    public double gripperForceN;

    /** Opening that control gave to the gripper, m. */
    public double gripperCommandWidthM;

    /** Measured joint positions. */
    public final double[] positions;

    /** Measured joint velocities. */
    public final double[] velocities;

    /** Measured joint efforts. */
    public final double[] efforts;

    /** Joint positions that control gave to the hardware in the same cycle. */
    public final double[] commandPositions;

    /** Joint velocities that control gave to the hardware in the same cycle. */
    public final double[] commandVelocities;

    /** Force of the environment on the tool, tool frame, x y z, N. */
    public final double[] wristForceN = new double[3];

    /**
     * A sample of an arm.
     *
     * @param jointCount number of joints, 1 to 16.
     */
    public ArmSample(final int jointCount) {
        positions = new double[jointCount];
        velocities = new double[jointCount];
        efforts = new double[jointCount];
        commandPositions = new double[jointCount];
        commandVelocities = new double[jointCount];
    }

    /** Number of joints. */
    public int jointCount() {
        return positions.length;
    }

    /**
     * Makes this sample equal to another one of the same arm.
     *
     * @param other to copy.
     */
    public void copyFrom(final ArmSample other) {
        captureTimeNs = other.captureTimeNs;
        sequence = other.sequence;
        sessionId = other.sessionId;
        fromPosition = other.fromPosition;
        toPosition = other.toPosition;
        followsSetpoints = other.followsSetpoints;
        gripperWidthM = other.gripperWidthM;
        gripperForceN = other.gripperForceN;
        gripperCommandWidthM = other.gripperCommandWidthM;
        copy(other.positions, positions);
        copy(other.velocities, velocities);
        copy(other.efforts, efforts);
        copy(other.commandPositions, commandPositions);
        copy(other.commandVelocities, commandVelocities);
        copy(other.wristForceN, wristForceN);
    }

    private static void copy(final double[] from, final double[] to) {
        System.arraycopy(from, 0, to, 0, to.length);
    }
}
