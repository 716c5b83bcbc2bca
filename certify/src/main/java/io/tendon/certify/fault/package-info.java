/**
 * Faults on demand: what is done to a running robot from outside, as somebody who is not kind to it would do it. Each is a
 * {@link io.tendon.certify.fault.Fault}, begun and ended by whoever measures; what the measurer asks of the robot
 * meanwhile is the fault's {@link io.tendon.certify.fault.Rule}s. The robot itself has no hook for any of them.
 *
 * <p>Read first: {@link io.tendon.certify.fault.Fault}, then {@link io.tendon.certify.fault.FaultTarget}.
 */
@NullMarked
package io.tendon.certify.fault;

import org.jspecify.annotations.NullMarked;
