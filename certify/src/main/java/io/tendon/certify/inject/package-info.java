/**
 * The command {@code tendon-inject}: a fault on a running robot, and what it did to it. {@link
 * io.tendon.certify.inject.Injection} measures before, during and after a {@link io.tendon.certify.fault.Fault}: each cycle's
 * lateness by listening to control ({@link io.tendon.certify.inject.CycleReader}, on a thread of its own), losses from the
 * counters, and the way back to work. {@link io.tendon.certify.measure.FaultVerdict} judges by the fault's rules, and {@link
 * io.tendon.certify.inject.ReportText} shows it.
 *
 * <p>Read first: {@link io.tendon.certify.inject.Injection}.
 */
@NullMarked
package io.tendon.certify.inject;

import org.jspecify.annotations.NullMarked;
