/**
 * The media driver in a process of its own, so that neither a crash nor a garbage collector of a node touches the bus:
 * {@link io.tendon.bus.driver.DriverNode}. One that takes a session over holds the recorder's places in the new logs
 * ({@code HeldPlaces}).
 */
@NullMarked
package io.tendon.bus.driver;

import org.jspecify.annotations.NullMarked;
