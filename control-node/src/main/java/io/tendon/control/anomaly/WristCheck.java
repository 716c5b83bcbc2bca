package io.tendon.control.anomaly;

import io.tendon.bus.RealTime;
import io.tendon.robot.ChainDynamics;

/**
 * How much the wrist feels. A tool that holds something carries its weight, and may set it down: then it may be pushed up, as
 * hard as a table pushes that an arm behind its time runs into. Down, across and up are judged by themselves. A force that is
 * no number is never allowed. Owner: one thread.
 */
@RealTime
final class WristCheck {
    private static final double LEAST_ALLOWED_N = 3;

    /** Most that what is set down may be pushed up with, N. */
    private static final double SETTING_DOWN_N = 60;

    /** Grip force above which the gripper holds something, N. */
    private static final double GRIPPING_N = 1;

    private final double maxPayloadKg;
    private double forceN;
    private double allowedN = LEAST_ALLOWED_N;
    private double carriedKg;

    WristCheck(final double maxPayloadKg) {
        this.maxPayloadKg = maxPayloadKg;
    }

    /**
     * Takes a sample.
     *
     * @param inBaseN force on the tool, x, y and z up, N.
     * @param specificForceMPerS2 of the tool, its length, m/s2: about g when it stands, as it is taken to where this is not
     *     finite.
     * @param gripForceN of the gripper, N.
     */
    void update(final double[] inBaseN, final double specificForceMPerS2, final double gripForceN) {
        final boolean isHolding = gripForceN > GRIPPING_N;
        carriedKg = isHolding ? maxPayloadKg : 0;
        final double felt = Double.isFinite(specificForceMPerS2) ? specificForceMPerS2 : ChainDynamics.GRAVITY_M_PER_S2;
        final double carriedN = LEAST_ALLOWED_N + carriedKg * felt;
        allowedN = LEAST_ALLOWED_N;
        final double sum = inBaseN[0] + inBaseN[1] + inBaseN[2];
        if (!Double.isFinite(sum)) {
            forceN = Double.NaN;
            return;
        }
        forceN = 0;
        judge(Math.sqrt(inBaseN[0] * inBaseN[0] + inBaseN[1] * inBaseN[1]), carriedN);
        judge(-inBaseN[2], carriedN);
        judge(inBaseN[2], isHolding ? LEAST_ALLOWED_N + SETTING_DOWN_N : LEAST_ALLOWED_N);
    }

    private void judge(final double newtons, final double most) {
        if (newtons * allowedN > forceN * most) {
            forceN = newtons;
            allowedN = most;
        }
    }

    /** The part of the force that is largest against what is allowed, N; NaN when the force is no number. */
    double forceN() {
        return forceN;
    }

    /** Most that the tool may carry now, kg; 0 when it holds nothing. */
    double carriedKg() {
        return carriedKg;
    }

    /** How large that part may be, N. */
    double allowedN() {
        return allowedN;
    }
}
