/**
 * The fusion node: soft real time, one decision per 10 ms window.
 *
 * <p>Read {@code FusionAssembly} for the wiring, then {@code loop.FusionLoop} for the order of a window. Data
 * goes {@code link} (decode) to {@code align} (windows by capture time) to {@code estimator} (where the arm is) to {@code
 * task} (what it does next, with {@code kinematics} at planning time) and back to {@code link} (encode); last, a window is shown to the model in
 * {@code inference}, if there is one. Only {@code link}
 * sees codecs, only {@code link}, {@code loop} and the wiring see the bus; everything else is pure and tested with plain arrays.
 *
 * <p>One thread owns all of it, the loop's; the heartbeat has its own, and a model. {@code rewindow} is no part of it: a command that
 * reads recorded sessions.
 */
@NullMarked
package io.tendon.fusion;

import org.jspecify.annotations.NullMarked;
