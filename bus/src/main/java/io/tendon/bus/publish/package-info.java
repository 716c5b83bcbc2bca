/**
 * Saying something without ever waiting: {@link io.tendon.bus.publish.MessagePublisher}. One thread owns a publisher. Its
 * {@link io.tendon.bus.publish.WriterLog} is on one driver; it goes on in another when the driver has died.
 */
@NullMarked
package io.tendon.bus.publish;

import org.jspecify.annotations.NullMarked;
