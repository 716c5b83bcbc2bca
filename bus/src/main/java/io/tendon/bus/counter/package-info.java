/**
 * Counts that any process can read from shared memory without asking anybody: {@link
 * io.tendon.bus.counter.BusCounters} writes them, {@link io.tendon.bus.counter.CounterView} reads them.
 */
@NullMarked
package io.tendon.bus.counter;

import org.jspecify.annotations.NullMarked;
