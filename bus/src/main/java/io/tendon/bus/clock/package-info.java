/** The one clock of a session, shared by all its processes. {@link io.tendon.bus.clock.BusClock} is all there is. */
@NullMarked
package io.tendon.bus.clock;

import org.jspecify.annotations.NullMarked;
