/**
 * Counts that any process can read from shared memory without asking anybody: {@link
 * io.tendon.bus.counter.BusCounters} writes them, {@link io.tendon.bus.counter.CounterView} reads them, and {@link
 * io.tendon.bus.counter.LiveNode} those of one node that is alive. They stand in a file of the session ({@code CounterFile}
 * draws it). {@link io.tendon.bus.counter.SessionCounters} is for who watches a robot from one session to the next.
 */
@NullMarked
package io.tendon.bus.counter;

import org.jspecify.annotations.NullMarked;
