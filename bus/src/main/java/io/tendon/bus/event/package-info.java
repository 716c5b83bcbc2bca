/**
 * What a node has to say besides its data: {@link io.tendon.bus.event.EventPublisher} encodes events and losses onto the
 * node's event stream. It belongs to the thread that publishes there, a loop's in most nodes.
 */
@NullMarked
package io.tendon.bus.event;

import org.jspecify.annotations.NullMarked;
