/**
 * An arm that is not there: {@link io.tendon.control.hardware.sim.SimulatedArm} behaves like a driver with motors, gears,
 * friction, gravity, sensors, a gripper and a block on a table. Driven by the time it is told, so it can be run at any
 * speed; the same seed and the same times give the same numbers, bit for bit.
 *
 * <p>It outlives the control that commands it ({@link io.tendon.control.hardware.sim.ArmMemory}).
 *
 * <p>Joints are coupled through gravity and through the inertia that each feels for itself (the diagonal of the mass
 * matrix); the forces that one joint's acceleration puts on another are left out. Called by the control loop, on its
 * thread.
 */
@org.jspecify.annotations.NullMarked
package io.tendon.control.hardware.sim;
