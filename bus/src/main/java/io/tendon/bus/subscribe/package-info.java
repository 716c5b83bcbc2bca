/**
 * Listening, and noticing what did not come: {@link io.tendon.bus.subscribe.MessageSubscriber}. One thread owns a
 * subscriber.
 */
@NullMarked
package io.tendon.bus.subscribe;

import org.jspecify.annotations.NullMarked;
