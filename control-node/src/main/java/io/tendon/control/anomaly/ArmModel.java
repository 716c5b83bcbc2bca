package io.tendon.control.anomaly;

import io.tendon.bus.RealTime;
import io.tendon.control.hardware.SensorFrame;
import io.tendon.robot.ChainDynamics;
import io.tendon.robot.RobotModel;

/**
 * What each joint feels where the arm is: its inertia, gravity, and the force at the wrist. Joints are taken one by one (the
 * diagonal of the mass matrix). Owner: one thread.
 */
@RealTime
final class ArmModel {
    private final int jointCount;
    private final ChainDynamics dynamics;
    private final double[] rotorInertias;
    private final double[] jacobian;
    private final double[] forceInBaseN = new double[3];
    private final double[] accelerationMPerS2 = new double[3];
    private double carriedKg;
    private boolean isForceKnown;
    private boolean isAccelerationKnown;

    ArmModel(final RobotModel robot) {
        jointCount = robot.jointCount();
        dynamics = new ChainDynamics(robot.chain());
        rotorInertias = new double[jointCount];
        jacobian = new double[6 * jointCount];
        for (int i = 0; i < jointCount; i++) {
            rotorInertias[i] = robot.joint(i).limits().rotorInertia();
        }
    }

    /** Goes to where the arm is. */
    void update(final SensorFrame frame) {
        dynamics.update(frame.positions(), 0);
        dynamics.kinematics().jacobian(jacobian);
        final double[] r = dynamics.kinematics().tip().rotation();
        final double[] f = frame.wristForceN();
        for (int k = 0; k < 3; k++) {
            forceInBaseN[k] = r[3 * k] * f[0] + r[3 * k + 1] * f[1] + r[3 * k + 2] * f[2];
        }
        final double[] a = frame.specificForceMPerS2();
        for (int k = 0; k < 3; k++) {
            accelerationMPerS2[k] = r[3 * k] * a[0] + r[3 * k + 1] * a[1] + r[3 * k + 2] * a[2];
        }
        accelerationMPerS2[2] -= ChainDynamics.GRAVITY_M_PER_S2;
        isAccelerationKnown = Double.isFinite(accelerationMPerS2[0] + accelerationMPerS2[1] + accelerationMPerS2[2]);
        isForceKnown = Double.isFinite(forceInBaseN[0] + forceInBaseN[1] + forceInBaseN[2]);
    }

    /** What a joint feels, its motor's included, kg m2 or kg. */
    double inertia(final int joint) {
        return dynamics.diagonalInertia()[joint] + rotorInertias[joint];
    }

    /** Force on the tool, x, y and z up in the base frame, N; not finite when the sensor said nothing that is; live. */
    double[] wristForceInBaseN() {
        return forceInBaseN;
    }

    /** Effort on a joint of gravity and the wrist's force, where that is a number, along its motion, N m or N. */
    double knownEffort(final int joint) {
        double effort = -dynamics.gravityEfforts()[joint];
        for (int k = 0; isForceKnown && k < 3; k++) {
            effort += jacobian[k * jointCount + joint] * forceInBaseN[k];
        }
        return effort;
    }

    /**
     * How wrong the known effort may be, N m or N, from 0: joints that are taken one by one do not feel how the others swing
     * what the tool carries, and the wrist, which does, says so late.
     */
    double uncertainEffort(final int joint) {
        double effort = 0;
        for (int k = 0; isAccelerationKnown && k < 3; k++) {
            effort += jacobian[k * jointCount + joint] * accelerationMPerS2[k];
        }
        return Math.abs(carriedKg * effort);
    }

    /** Takes a mass, kg, for what the tool carries at most. */
    void carry(final double massKg) {
        carriedKg = massKg;
    }
}
