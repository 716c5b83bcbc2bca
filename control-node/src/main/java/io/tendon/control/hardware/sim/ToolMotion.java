package io.tendon.control.hardware.sim;

import io.tendon.bus.RealTime;
import io.tendon.robot.ChainDynamics;
import io.tendon.robot.ForwardKinematics;
import io.tendon.robot.KinematicChain;
import io.tendon.robot.Pose;

/**
 * Where the simulated tool is and how it moves, from the joints; what a wrist sensor and an IMU would feel of it. Owner:
 * the control loop's thread.
 */
@RealTime
final class ToolMotion {
    private static final double ACCELERATION_FILTER_S = 0.005;

    private final int jointCount;
    private final ForwardKinematics kinematics;
    private final double[] jacobian;
    private final double[] velocityMPerS = new double[3];
    private final double[] angularVelocityRadPerS = new double[3];
    private final double[] accelerationMPerS2 = new double[3];
    private final double[] weightN = new double[3];

    ToolMotion(final KinematicChain chain) {
        jointCount = chain.jointCount();
        kinematics = new ForwardKinematics(chain);
        jacobian = new double[6 * jointCount];
    }

    /** Moves the tool; {@code stepS} is the time since the move before. */
    void update(final double[] positions, final double[] velocities, final double stepS) {
        kinematics.update(positions);
        kinematics.jacobian(jacobian);
        final double share = stepS / (stepS + ACCELERATION_FILTER_S);
        for (int k = 0; k < 3; k++) {
            double linear = 0;
            double angular = 0;
            for (int i = 0; i < jointCount; i++) {
                linear += jacobian[k * jointCount + i] * velocities[i];
                angular += jacobian[(3 + k) * jointCount + i] * velocities[i];
            }
            final double acceleration = (linear - velocityMPerS[k]) / stepS;
            accelerationMPerS2[k] += share * (acceleration - accelerationMPerS2[k]);
            velocityMPerS[k] = linear;
            angularVelocityRadPerS[k] = angular;
        }
    }

    /** Velocity of the tool in the base frame, m/s; live. */
    double[] velocityMPerS() {
        return velocityMPerS;
    }

    /** Pose of the tool; live. */
    Pose tip() {
        return kinematics.tip();
    }

    /** Effort that a joint needs to withstand a force on the tool, given in the base frame, N m or N. */
    double effortAgainst(final int joint, final double[] forceN) {
        double effort = 0;
        for (int k = 0; k < 3; k++) {
            effort -= jacobian[k * jointCount + joint] * forceN[k];
        }
        return effort;
    }

    /** Adds what a mass at the tool's tip puts on it to a force in the tool frame. */
    void addWeight(final double massKg, final double[] sumInTool) {
        weigh(massKg);
        addForce(weightN, sumInTool);
    }

    /** What a mass that moves with the tool puts on it, by its weight and its inertia. */
    private void weigh(final double massKg) {
        weightN[0] = -massKg * accelerationMPerS2[0];
        weightN[1] = -massKg * accelerationMPerS2[1];
        weightN[2] = -massKg * (accelerationMPerS2[2] + ChainDynamics.GRAVITY_M_PER_S2);
    }

    /** Adds a force on the tool, given in the base frame, to one in the tool frame. */
    void addForce(final double[] forceN, final double[] sumInTool) {
        final double[] r = tip().rotation();
        for (int k = 0; k < 3; k++) {
            sumInTool[k] += r[k] * forceN[0] + r[3 + k] * forceN[1] + r[6 + k] * forceN[2];
        }
    }

    /** Angular velocity in the tool frame. */
    void angularVelocity(final double[] out) {
        intoTool(angularVelocityRadPerS[0], angularVelocityRadPerS[1], angularVelocityRadPerS[2], out);
    }

    /** Specific force in the tool frame: acceleration plus g upwards. */
    void specificForce(final double[] out) {
        intoTool(
                accelerationMPerS2[0],
                accelerationMPerS2[1],
                accelerationMPerS2[2] + ChainDynamics.GRAVITY_M_PER_S2,
                out);
    }

    /** Force and torque that a carried mass at a point of the base frame puts on the tool, with a push from below. */
    void load(
            final double massKg,
            final double[] centreM,
            final double pushN,
            final double[] forceOut,
            final double[] torqueOut) {
        weigh(massKg);
        final double x = weightN[0];
        final double y = weightN[1];
        final double z = weightN[2] + pushN;
        final double[] p = tip().positionM();
        final double dx = centreM[0] - p[0];
        final double dy = centreM[1] - p[1];
        final double dz = centreM[2] - p[2];
        intoTool(x, y, z, forceOut);
        intoTool(dy * z - dz * y, dz * x - dx * z, dx * y - dy * x, torqueOut);
    }

    private void intoTool(final double x, final double y, final double z, final double[] out) {
        final double[] r = tip().rotation();
        for (int k = 0; k < 3; k++) {
            out[k] = r[k] * x + r[3 + k] * y + r[6 + k] * z;
        }
    }
}
