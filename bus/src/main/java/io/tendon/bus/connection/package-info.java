/**
 * A process and the session it belongs to: {@link io.tendon.bus.connection.RuntimeDirectory} says where the session is in
 * memory, {@link io.tendon.bus.connection.BusConnection} connects to it.
 */
@NullMarked
package io.tendon.bus.connection;

import org.jspecify.annotations.NullMarked;
