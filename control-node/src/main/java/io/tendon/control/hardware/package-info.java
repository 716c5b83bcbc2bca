/**
 * What moves the arm. {@link io.tendon.control.hardware.HardwareDriver} is all that control knows of it: sensors are read
 * into a {@link io.tendon.control.hardware.SensorFrame}, commands are written from a {@link
 * io.tendon.control.hardware.JointCommand}. The simulated arm is in {@code sim}; a driver for real hardware stands beside
 * it and passes the same contract test.
 *
 * <p>Called by the control loop, on its thread, each cycle. No bus, no codecs.
 */
@org.jspecify.annotations.NullMarked
package io.tendon.control.hardware;
