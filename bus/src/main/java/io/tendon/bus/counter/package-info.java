/**
 * Counts that any process can read from shared memory without asking anybody: {@link
 * io.tendon.bus.counter.BusCounters} writes them, {@link io.tendon.bus.counter.CounterView} reads them, and {@link
 * io.tendon.bus.counter.LiveNode} those of one node that is alive.
 */
@NullMarked
package io.tendon.bus.counter;

import org.jspecify.annotations.NullMarked;
