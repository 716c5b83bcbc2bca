package io.tendon.control.hardware.sim;

import io.tendon.bus.RealTime;
import io.tendon.robot.ChainDynamics;
import io.tendon.robot.Pose;
import io.tendon.robot.cell.Workcell;

/**
 * A cube that rests on a table, is held by fingers that press hard enough, and falls when they let go. All in the base
 * frame. Owner: the control loop's thread.
 */
@RealTime
final class SimulatedBlock {
    /** Numbers that it saves. */
    static final int STATE_LENGTH = 8;

    private static final double FINGER_FRICTION = 0.6;
    private static final double REACH_SHARE = 0.4;
    private static final double CONTACT_STIFFNESS_N_PER_M = 20_000;
    private static final double MOST_CONTACT_N = 300;

    private final Workcell cell;
    private final double restingZM;
    private final double holdingForceN;
    private final double[] centreM = new double[3];
    private final double[] offsetM = new double[3];
    private double fallSpeedMPerS;
    private boolean isHeld;

    /** Rests where it is picked first. */
    SimulatedBlock(final Workcell cell) {
        this.cell = cell;
        centreM[0] = cell.pickPositionM().xM();
        centreM[1] = cell.pickPositionM().yM();
        restingZM = cell.tableHeightM() + cell.blockSizeM() / 2;
        centreM[2] = restingZM;
        holdingForceN = cell.blockMassKg() * ChainDynamics.GRAVITY_M_PER_S2 / (2 * FINGER_FRICTION);
    }

    /** Width of the block if it is between the fingers of a tool at that pose, else 0. */
    double widthBetweenFingersM(final Pose tip) {
        return isHeld || isReachedBy(tip) ? cell.blockSizeM() : 0;
    }

    /**
     * Goes on by a step.
     *
     * @param stepS length.
     * @param tip pose of the tool.
     * @param fingerWidthM opening of the fingers.
     * @param fingerForceN force of the fingers.
     */
    void step(final double stepS, final Pose tip, final double fingerWidthM, final double fingerForceN) {
        final boolean isPressed = fingerWidthM <= cell.blockSizeM() && fingerForceN >= holdingForceN;
        if (isHeld && !isPressed) {
            isHeld = false;
            fallSpeedMPerS = 0;
        } else if (!isHeld && isPressed && isReachedBy(tip)) {
            isHeld = true;
            rememberOffset(tip);
        }
        if (isHeld) {
            tip.transformPoint(offsetM, 0, centreM);
        } else {
            fall(stepS);
        }
    }

    void save(final StateVector state) {
        state.put(centreM);
        state.put(offsetM);
        state.put(fallSpeedMPerS);
        state.put(isHeld ? 1 : 0);
    }

    void restore(final StateVector state) {
        state.take(centreM);
        state.take(offsetM);
        fallSpeedMPerS = state.take();
        isHeld = state.take() != 0;
    }

    /** Whether the fingers hold it. */
    boolean isHeld() {
        return isHeld;
    }

    /** Mass that the tool carries, kg. */
    double carriedKg() {
        return isHeld ? cell.blockMassKg() : 0;
    }

    /** Force with which the table pushes a held block up, N. */
    double contactForceN() {
        final double depthM = isHeld ? restingZM - centreM[2] : 0;
        return depthM > 0 ? Math.min(MOST_CONTACT_N, CONTACT_STIFFNESS_N_PER_M * depthM) : 0;
    }

    /** Its centre; live, 3. */
    double[] centreM() {
        return centreM;
    }

    private boolean isReachedBy(final Pose tip) {
        final double reachM = REACH_SHARE * cell.blockSizeM();
        final double[] p = tip.positionM();
        return Math.abs(p[0] - centreM[0]) <= reachM
                && Math.abs(p[1] - centreM[1]) <= reachM
                && Math.abs(p[2] - centreM[2]) <= reachM;
    }

    private void rememberOffset(final Pose tip) {
        final double[] r = tip.rotation();
        final double[] p = tip.positionM();
        for (int k = 0; k < 3; k++) {
            offsetM[k] = r[k] * (centreM[0] - p[0]) + r[3 + k] * (centreM[1] - p[1]) + r[6 + k] * (centreM[2] - p[2]);
        }
    }

    private void fall(final double stepS) {
        fallSpeedMPerS += ChainDynamics.GRAVITY_M_PER_S2 * stepS;
        centreM[2] -= fallSpeedMPerS * stepS;
        if (centreM[2] <= restingZM) {
            centreM[2] = restingZM;
            fallSpeedMPerS = 0;
        }
    }
}
