/**
 * What the arm is allowed to do. {@link io.tendon.control.safety.SafetyStateMachine} decides each cycle whether the arm
 * follows, extrapolates, slows down or stands, and whether an operator's command is accepted; {@link
 * io.tendon.control.safety.CommandLimiter} has the last word on every command that goes to the hardware.
 *
 * <p>Called by the control loop, on its thread, each cycle. Plain arrays and numbers: no bus, no codecs, no clock but the
 * time passed in. Read {@link io.tendon.control.safety.SafetyState} first.
 */
@org.jspecify.annotations.NullMarked
package io.tendon.control.safety;
