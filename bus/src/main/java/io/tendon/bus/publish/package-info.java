/**
 * Saying something without ever waiting: {@link io.tendon.bus.publish.MessagePublisher}. One thread owns a publisher.
 */
@NullMarked
package io.tendon.bus.publish;

import org.jspecify.annotations.NullMarked;
