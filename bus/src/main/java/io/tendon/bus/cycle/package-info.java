/**
 * Keeping a tick: {@link io.tendon.bus.cycle.CyclePacer} waits for it, {@link io.tendon.bus.cycle.MissedTicks}
 * says why some passed, {@link io.tendon.bus.cycle.CycleStatistics} remembers how punctual that was, {@link
 * io.tendon.bus.cycle.RealTimeScheduling} asks the kernel for the priority, a core and locked memory, and {@link
 * io.tendon.bus.cycle.RightsRemedy} says how to get what it refused. {@link io.tendon.bus.cycle.TickLog} notes every tick
 * for who compares loops.
 */
@NullMarked
package io.tendon.bus.cycle;

import org.jspecify.annotations.NullMarked;
