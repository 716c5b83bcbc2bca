package io.tendon.control.hardware.sim;

/**
 * How imperfect the simulated sensors are. Noise is given as its standard deviation.
 *
 * @param seed of all noise.
 * @param encoderStepRad resolution of the encoder of a turning joint, above 0.
 * @param encoderStepM resolution of the encoder of a sliding joint, above 0.
 * @param encoderNoiseSteps noise of a position, in encoder steps.
 * @param velocityNoise of a joint, rad/s or m/s.
 * @param effortNoiseShare of a joint, as a share of its greatest effort.
 * @param forceNoiseN of the wrist and the gripper.
 * @param torqueNoiseNm of the wrist.
 * @param angularVelocityNoiseRadPerS of the IMU.
 * @param accelerationNoiseMPerS2 of the IMU.
 */
public record SimulationSettings(
        long seed,
        double encoderStepRad,
        double encoderStepM,
        double encoderNoiseSteps,
        double velocityNoise,
        double effortNoiseShare,
        double forceNoiseN,
        double torqueNoiseNm,
        double angularVelocityNoiseRadPerS,
        double accelerationNoiseMPerS2) {
    private static final double ENCODER_STEPS_PER_TURN = 1 << 19;

    /** Refuses encoders without a resolution. */
    public SimulationSettings {
        if (!(encoderStepRad > 0) || !(encoderStepM > 0)) {
            throw new IllegalArgumentException(
                    "encoderStepRad=" + encoderStepRad + ", encoderStepM=" + encoderStepM + ": must be above 0");
        }
    }

    /** Sensors as good arms have them: 19-bit encoders, a wrist sensor good to 0.1 N, a small MEMS IMU. */
    public static SimulationSettings typical(final long seed) {
        return new SimulationSettings(
                seed, 2 * Math.PI / ENCODER_STEPS_PER_TURN, 1e-6, 0.4, 5e-4, 1e-3, 0.1, 0.005, 2e-3, 0.03);
    }
}
