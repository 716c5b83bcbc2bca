/**
 * Commands that read what was recorded, or is being recorded, from files alone: with the robot on or off. Only {@code
 * status} asks the running robot, through its counters.
 *
 * <p>Read {@link io.tendon.persistence.command.DumpCommand} first. Everything runs on the main thread.
 */
@NullMarked
package io.tendon.persistence.command;

import org.jspecify.annotations.NullMarked;
