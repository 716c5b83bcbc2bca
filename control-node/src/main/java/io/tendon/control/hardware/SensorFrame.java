package io.tendon.control.hardware;

/**
 * Everything that was measured in one cycle, filled once by the driver, so that all code of the cycle sees the same
 * values. Per joint, base to tip: position (rad or m), velocity (per s), effort (N m or N), temperature of the motor
 * (degrees Celsius). Vectors are x, y, z in the tool frame. Mutable; owner: the control loop's thread.
 */
public final class SensorFrame {
    private final double[] positions;
    private final double[] velocities;
    private final double[] efforts;
    private final double[] temperaturesCelsius;
    private final double[] wristForceN = new double[3];
    private final double[] wristTorqueNm = new double[3];
    private final double[] angularVelocityRadPerS = new double[3];
    private final double[] specificForceMPerS2 = new double[3];
    private double gripperWidthM;
    private double gripperForceN;
    private long captureTimeNs;

    /**
     * All 0.
     *
     * @param jointCount number of joints.
     */
    public SensorFrame(final int jointCount) {
        positions = new double[jointCount];
        velocities = new double[jointCount];
        efforts = new double[jointCount];
        temperaturesCelsius = new double[jointCount];
    }

    /** The live array of measured positions. */
    public double[] positions() {
        return positions;
    }

    /** The live array of measured velocities. */
    public double[] velocities() {
        return velocities;
    }

    /** The live array of measured efforts. */
    public double[] efforts() {
        return efforts;
    }

    /** The live array of motor temperatures. */
    public double[] temperaturesCelsius() {
        return temperaturesCelsius;
    }

    /** Force that the environment puts on the tool; live. */
    public double[] wristForceN() {
        return wristForceN;
    }

    /** Torque of it about the tool frame's origin; live. */
    public double[] wristTorqueNm() {
        return wristTorqueNm;
    }

    /** Angular velocity of the tool; live. */
    public double[] angularVelocityRadPerS() {
        return angularVelocityRadPerS;
    }

    /** Specific force at the tool, +g upwards when at rest; live. */
    public double[] specificForceMPerS2() {
        return specificForceMPerS2;
    }

    /** Sets the measured opening in m and grip force in N. */
    public void gripper(final double widthM, final double forceN) {
        gripperWidthM = widthM;
        gripperForceN = forceN;
    }

    /** Measured opening, m. */
    public double gripperWidthM() {
        return gripperWidthM;
    }

    /** Measured grip force, N. */
    public double gripperForceN() {
        return gripperForceN;
    }

    /** Sets when all this was measured, ns since the epoch. */
    public void captureTimeNs(final long timeNs) {
        captureTimeNs = timeNs;
    }

    /** When all this was measured, ns since the epoch. */
    public long captureTimeNs() {
        return captureTimeNs;
    }
}
