package io.tendon.control.hardware.sim;

import io.tendon.bus.RealTime;
import io.tendon.robot.Gripper;

/**
 * Two fingers that go to a width at their speed, and press on what they meet. Owner: the control loop's thread.
 */
@RealTime
final class SimulatedGripper {
    /** Numbers that it saves. */
    static final int STATE_LENGTH = 4;

    private static final double FORCE_BUILD_UP_S = 0.02;

    private final Gripper gripper;
    private double widthM;
    private double forceN;
    private double commandWidthM;
    private double commandMaxForceN;

    /** Open. */
    SimulatedGripper(final Gripper gripper) {
        this.gripper = gripper;
        widthM = gripper.maxWidthM();
        commandWidthM = widthM;
        commandMaxForceN = gripper.maxForceN();
    }

    /** Takes a command: opening in m, most force in N; what the gripper cannot do is cut. */
    void command(final double newWidthM, final double newMaxForceN) {
        commandWidthM = Math.max(0, Math.min(gripper.maxWidthM(), newWidthM));
        commandMaxForceN = Math.max(0, Math.min(gripper.maxForceN(), newMaxForceN));
    }

    /**
     * Goes on by a step.
     *
     * @param stepS length.
     * @param obstacleM width of what is between the fingers, 0 when nothing is.
     */
    void step(final double stepS, final double obstacleM) {
        final double most = gripper.maxSpeedMPerS() * stepS;
        final double way = Math.max(-most, Math.min(most, commandWidthM - widthM));
        // Fingers that are already closer than the obstacle is wide are beside it.
        final double least = widthM >= obstacleM ? obstacleM : 0;
        widthM = Math.max(least, widthM + way);
        final boolean isPressing = obstacleM > 0 && widthM == obstacleM && commandWidthM < obstacleM;
        final double wantedForceN = isPressing ? commandMaxForceN : 0;
        forceN += (wantedForceN - forceN) * Math.min(1, stepS / FORCE_BUILD_UP_S);
        if (!isPressing && widthM > obstacleM) {
            forceN = 0;
        }
    }

    void save(final StateVector state) {
        state.put(widthM);
        state.put(forceN);
        state.put(commandWidthM);
        state.put(commandMaxForceN);
    }

    void restore(final StateVector state) {
        widthM = state.take();
        forceN = state.take();
        commandWidthM = state.take();
        commandMaxForceN = state.take();
    }

    /** Opening, m. */
    double widthM() {
        return widthM;
    }

    /** Force on what is between the fingers, N. */
    double forceN() {
        return forceN;
    }
}
