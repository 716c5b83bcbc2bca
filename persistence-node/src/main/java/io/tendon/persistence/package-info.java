/**
 * The third node: it records the bus and reads recordings back. Best effort by design: whatever happens here, no writer
 * waits.
 *
 * <p>Read {@link io.tendon.persistence.Recorder} first: it is the wiring diagram of {@code run}; {@link
 * io.tendon.persistence.RecorderRun} makes one for each media driver that the session has.
 *
 * <ul>
 *   <li>{@link io.tendon.persistence.recording}: the archive and what keeps it going; three threads
 *   <li>{@link io.tendon.persistence.session}: manifest and mending of the session that is recorded
 *   <li>{@link io.tendon.persistence.command}: commands that read recordings, with the robot on or off
 * </ul>
 */
@NullMarked
package io.tendon.persistence;

import org.jspecify.annotations.NullMarked;
