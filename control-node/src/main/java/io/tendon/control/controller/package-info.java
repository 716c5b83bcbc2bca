/**
 * How the arm gets from where it is told to be to where it should be: between two set-points, past a late one, to a stop,
 * or along a jog. {@link io.tendon.control.controller.CommandGenerator} picks the way by {@link
 * io.tendon.control.safety.Motion} and has it limited; {@link io.tendon.control.controller.SetpointInterpolator}, {@link
 * io.tendon.control.controller.StopProfile} and {@link io.tendon.control.controller.JogTrajectory} are the ways.
 *
 * <p>Called by the control loop, on its thread, each cycle. Plain arrays: no bus, no codecs, no clock but the time passed
 * in. Read {@link io.tendon.control.controller.CommandGenerator} first.
 */
@org.jspecify.annotations.NullMarked
package io.tendon.control.controller;
