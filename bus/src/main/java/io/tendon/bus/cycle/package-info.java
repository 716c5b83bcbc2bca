/**
 * Keeping a tick: {@link io.tendon.bus.cycle.CyclePacer} waits for it, {@link io.tendon.bus.cycle.CycleStatistics}
 * remembers how punctual that was, {@link io.tendon.bus.cycle.RealTimeScheduling} asks the kernel for the priority.
 */
@NullMarked
package io.tendon.bus.cycle;

import org.jspecify.annotations.NullMarked;
