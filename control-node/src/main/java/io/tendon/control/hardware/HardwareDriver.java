package io.tendon.control.hardware;

import io.tendon.robot.RobotModel;

/**
 * Moves one arm. The order of calls is configure, activate, then read and write once a cycle each, deactivate; after that
 * activate may follow again. A call out of order is an {@link IllegalStateException}.
 *
 * <p>Called by one thread at a time: {@link #configure} by the main thread, the others by the control loop's. Read and
 * write are {@code @RealTime}: they allocate nothing and wait for nothing longer than a bus round trip; what does not
 * answer in time is a {@link HardwareException}, after which the driver is not called again until it is deactivated and
 * activated anew.
 */
public interface HardwareDriver {
    /**
     * Learns which robot it moves, and opens its devices. May take seconds.
     *
     * @param robot whose arm joints have the indices of the frames and commands.
     * @throws HardwareException when the hardware is not there or is another robot.
     */
    void configure(RobotModel robot);

    /**
     * Powers the motors, which hold the arm where it is. May take a second.
     *
     * @throws HardwareException when they cannot be powered.
     */
    void activate();

    /**
     * Reads the sensors.
     *
     * @param frame receives all values and the time at which they were measured.
     * @throws HardwareException when the hardware reports a fault or does not answer.
     */
    void read(SensorFrame frame);

    /**
     * Commands the motors for the next cycle.
     *
     * @param command within the limits of every joint.
     * @throws HardwareException when the hardware reports a fault or does not take it.
     */
    void write(JointCommand command);

    /** Brakes the arm and takes the power off the motors. Does nothing when it is not active. */
    void deactivate();

    /** For the session's description: "sim", or the name of the driver. */
    String name();
}
