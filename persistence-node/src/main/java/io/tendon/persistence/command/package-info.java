/**
 * Commands that read what was recorded, or is being recorded, with the robot on or off, and some that change it:
 *
 * <ul>
 *   <li>{@code dump}, {@code verify}, {@code incidents}: from the session's files alone
 *   <li>{@code sessions}, {@code info}: from them, and of a session that was cut off from the counters that its writers have
 *       left in memory
 *   <li>{@code status}: from the counters of a robot that runs
 *   <li>{@code sql}, {@code query}, {@code similar}, {@code state}: from the store, of a session that is being recorded by
 *       asking its recorder; {@code state put} and {@code rm} publish on the bus
 *   <li>{@code replay}: publishes on the replay streams
 *   <li>{@code repair}, {@code keep}, {@code reindex}, {@code embed}: write into the session's directory, never into a
 *       recording that grows
 * </ul>
 *
 * <p>Read {@link io.tendon.persistence.command.DumpCommand} first. Everything runs on the main thread.
 */
@NullMarked
package io.tendon.persistence.command;

import org.jspecify.annotations.NullMarked;
