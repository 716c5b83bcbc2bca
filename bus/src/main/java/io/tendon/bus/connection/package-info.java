/**
 * A process and the session it belongs to: {@link io.tendon.bus.connection.RuntimeDirectory} says where the session is in
 * memory, {@link io.tendon.bus.connection.BusConnection} connects to it. When the media driver dies and another takes the session over,
 * {@code DriverFollower} makes the connection go on there, on a thread of its own.
 */
@NullMarked
package io.tendon.bus.connection;

import org.jspecify.annotations.NullMarked;
