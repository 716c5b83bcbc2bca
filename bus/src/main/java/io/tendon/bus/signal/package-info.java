/**
 * Being asked to stop: {@link io.tendon.bus.signal.StopSignal}.
 */
@NullMarked
package io.tendon.bus.signal;

import org.jspecify.annotations.NullMarked;
