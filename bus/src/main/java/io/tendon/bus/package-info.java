/**
 * How things are said: the bus that Tendon's processes share, and nothing else do they share.
 *
 * <p>A node connects with {@link io.tendon.bus.connection.BusConnection}, publishes with {@link
 * io.tendon.bus.publish.MessagePublisher}, listens with {@link io.tendon.bus.subscribe.MessageSubscriber}, says what happened with {@link
 * io.tendon.bus.event.EventPublisher}, keeps its ticks with {@link io.tendon.bus.cycle.CyclePacer}, and shows its counts in {@link io.tendon.bus.counter.BusCounters}.
 * The streams are one table, {@link io.tendon.bus.catalog.StreamCatalog}: read that first. The media driver runs in a
 * process of its own, {@link io.tendon.bus.driver.DriverNode}. What a machine lacks is found by {@link
 * io.tendon.bus.doctor.Doctor}.
 */
@NullMarked
package io.tendon.bus;

import org.jspecify.annotations.NullMarked;
