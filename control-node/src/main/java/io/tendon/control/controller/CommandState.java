package io.tendon.control.controller;

import io.tendon.bus.RealTime;
import java.util.Arrays;

/**
 * Where the arm is told to be: position, velocity and acceleration per joint, base to tip; rad or m, per s, per s2.
 * Mutable; owner: the control loop's thread.
 */
@RealTime
public final class CommandState {
    private final double[] positions;
    private final double[] velocities;
    private final double[] accelerations;

    /**
     * At rest at 0.
     *
     * @param jointCount number of joints.
     */
    public CommandState(final int jointCount) {
        positions = new double[jointCount];
        velocities = new double[jointCount];
        accelerations = new double[jointCount];
    }

    /** At rest at the given positions. */
    public void restAt(final double[] atPositions) {
        System.arraycopy(atPositions, 0, positions, 0, positions.length);
        Arrays.fill(velocities, 0);
        Arrays.fill(accelerations, 0);
    }

    /** Sets one joint. */
    public void set(final int joint, final double position, final double velocity, final double acceleration) {
        positions[joint] = position;
        velocities[joint] = velocity;
        accelerations[joint] = acceleration;
    }

    /** Whether no joint has a velocity or an acceleration. */
    public boolean isStanding() {
        for (int i = 0; i < positions.length; i++) {
            if (velocities[i] != 0 || accelerations[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Number of joints. */
    public int jointCount() {
        return positions.length;
    }

    /** The live array of positions. */
    public double[] positions() {
        return positions;
    }

    /** The live array of velocities. */
    public double[] velocities() {
        return velocities;
    }

    /** The live array of accelerations. */
    public double[] accelerations() {
        return accelerations;
    }
}
