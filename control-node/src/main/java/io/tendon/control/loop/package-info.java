/**
 * The cycle. {@link io.tendon.control.loop.ControlLoop} owns its order and nothing else; {@link
 * io.tendon.control.loop.ControlRunner} keeps its time, on a thread of its own, and ends it. {@link
 * io.tendon.control.loop.ArmHardware} turns what the driver throws into a fault, {@link
 * io.tendon.control.loop.OperatorDesk} answers operators, {@link io.tendon.control.loop.CycleEvents} says what happened
 * without flooding the stream, {@link io.tendon.control.loop.InjectedFaults} which faults were put into the simulated arm.
 */
@org.jspecify.annotations.NullMarked
package io.tendon.control.loop;
