package io.tendon.control.controller;

import io.tendon.bus.RealTime;

/**
 * Where the arm should be at a given time, and where that was said. Mutable; owner: the control loop's thread. Positions,
 * velocities and accelerations are per joint, base to tip; rad or m, per s, per s2.
 */
@RealTime
public final class Setpoint {
    /** Sequence when there is none. */
    public static final long NONE = -1;

    private final double[] positions;
    private final double[] velocities;
    private final double[] accelerations;
    private double gripperWidthM;
    private double gripperMaxForceN;
    private long sequence = NONE;
    private long captureTimeNs;
    private long targetTimeNs;
    private int sessionId;
    private long fromPosition;
    private long toPosition;

    /**
     * Empty.
     *
     * @param jointCount number of joints.
     */
    public Setpoint(final int jointCount) {
        positions = new double[jointCount];
        velocities = new double[jointCount];
        accelerations = new double[jointCount];
    }

    /** Becomes a copy of another. */
    public void set(final Setpoint other) {
        System.arraycopy(other.positions, 0, positions, 0, positions.length);
        System.arraycopy(other.velocities, 0, velocities, 0, velocities.length);
        System.arraycopy(other.accelerations, 0, accelerations, 0, accelerations.length);
        gripper(other.gripperWidthM, other.gripperMaxForceN);
        timing(other.sequence, other.captureTimeNs, other.targetTimeNs);
        origin(other.sessionId, other.fromPosition, other.toPosition);
    }

    /** Sets one joint. */
    public void joint(final int joint, final double position, final double velocity, final double acceleration) {
        positions[joint] = position;
        velocities[joint] = velocity;
        accelerations[joint] = acceleration;
    }

    /** Sets the wanted opening in m and the most grip force in N. */
    public void gripper(final double widthM, final double maxForceN) {
        gripperWidthM = widthM;
        gripperMaxForceN = maxForceN;
    }

    /** Sets the sequence in its stream, the time of the decision, and the time to be there; ns since the epoch. */
    public void timing(final long newSequence, final long newCaptureTimeNs, final long newTargetTimeNs) {
        sequence = newSequence;
        captureTimeNs = newCaptureTimeNs;
        targetTimeNs = newTargetTimeNs;
    }

    /** Sets where it stands in the log: the writer's session and the positions before and behind it. */
    public void origin(final int newSessionId, final long newFromPosition, final long newToPosition) {
        sessionId = newSessionId;
        fromPosition = newFromPosition;
        toPosition = newToPosition;
    }

    /** Forgets it. */
    public void clear() {
        sequence = NONE;
    }

    /** Whether there is one. */
    public boolean isPresent() {
        return sequence != NONE;
    }

    /** Whether every number in it is finite. */
    public boolean isFinite() {
        boolean isFinite = Double.isFinite(gripperWidthM) && Double.isFinite(gripperMaxForceN);
        for (int i = 0; i < positions.length; i++) {
            isFinite &= Double.isFinite(positions[i])
                    && Double.isFinite(velocities[i])
                    && Double.isFinite(accelerations[i]);
        }
        return isFinite;
    }

    /** Number of joints. */
    public int jointCount() {
        return positions.length;
    }

    /** Wanted position of a joint. */
    public double position(final int joint) {
        return positions[joint];
    }

    /** Wanted velocity of a joint. */
    public double velocity(final int joint) {
        return velocities[joint];
    }

    /** Wanted acceleration of a joint. */
    public double acceleration(final int joint) {
        return accelerations[joint];
    }

    /** Wanted opening, m. */
    public double gripperWidthM() {
        return gripperWidthM;
    }

    /** Most grip force to use, N. */
    public double gripperMaxForceN() {
        return gripperMaxForceN;
    }

    /** Sequence in its stream, or {@link #NONE}. */
    public long sequence() {
        return sequence;
    }

    /** When it was decided, ns since the epoch. */
    public long captureTimeNs() {
        return captureTimeNs;
    }

    /** When the arm should be there, ns since the epoch. */
    public long targetTimeNs() {
        return targetTimeNs;
    }

    /** Session of its writer's publication. */
    public int sessionId() {
        return sessionId;
    }

    /** Log position at which its frame begins. */
    public long fromPosition() {
        return fromPosition;
    }

    /** Log position behind its frame. */
    public long toPosition() {
        return toPosition;
    }
}
