/**
 * Between the bus and the rest of control; the only place here that sees codecs. Adapters decode what comes: {@link
 * io.tendon.control.link.SetpointAdapter}, {@link io.tendon.control.link.OperatorCommandAdapter}. Publishers encode what
 * goes: {@link io.tendon.control.link.StatePublisher} is where a joint state is encoded, {@link
 * io.tendon.control.link.ControlEvents} says what happened. {@link io.tendon.control.link.ControlLink} holds them all.
 *
 * <p>Owner: the control loop's thread, but for {@link io.tendon.control.link.OperatorClient}, which belongs to the command
 * line.
 */
@org.jspecify.annotations.NullMarked
package io.tendon.control.link;
