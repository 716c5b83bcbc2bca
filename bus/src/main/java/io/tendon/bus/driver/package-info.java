/**
 * The media driver in a process of its own, so that neither a crash nor a garbage collector of a node touches the bus:
 * {@link io.tendon.bus.driver.DriverNode}.
 */
@NullMarked
package io.tendon.bus.driver;

import org.jspecify.annotations.NullMarked;
