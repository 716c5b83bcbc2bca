/**
 * The heartbeat of a node: {@link io.tendon.bus.health.HealthAgent}, on a thread of its own, never the loop.
 */
@NullMarked
package io.tendon.bus.health;

import org.jspecify.annotations.NullMarked;
