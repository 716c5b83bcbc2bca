/**
 * Being asked to stop: {@link io.tendon.bus.signal.StopSignal}; and waiting until another thread has: {@link
 * io.tendon.bus.signal.ThreadEnd}.
 */
@NullMarked
package io.tendon.bus.signal;

import org.jspecify.annotations.NullMarked;
