/**
 * The control node: hard real time, 1 kHz. Reads the arm's sensors, judges whether it may move, makes the next command
 * from fusion's set-points within every limit, drives the arm, and says so on the bus.
 *
 * <p>{@link io.tendon.control.ControlNode} is the main class; {@code ControlProcess} is the wiring diagram;
 * {@code loop.ControlLoop} owns the order of a cycle. The pure packages {@code hardware}, {@code controller} and {@code
 * safety} know nothing of the bus; {@code link} is where they meet it (a joint state is encoded in {@code
 * link.StatePublisher}).
 *
 * <p>Threads: main waits for the signal to stop; {@code control-loop} runs the cycle; {@code health-control} beats.
 */
@org.jspecify.annotations.NullMarked
package io.tendon.control;
