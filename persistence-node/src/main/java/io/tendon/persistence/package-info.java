/**
 * The third node: it records the bus and reads recordings back. Best effort by design: whatever happens here, no writer
 * waits.
 *
 * <p>Read {@link io.tendon.persistence.Recorder} first: it is the wiring diagram of {@code run}; {@link
 * io.tendon.persistence.RecorderRun} makes one for each media driver that the session has.
 *
 * <ul>
 *   <li>{@link io.tendon.persistence.recording}: the archive and what keeps it going; three threads
 *   <li>{@link io.tendon.persistence.session}: manifest and mending of the session that is recorded, and who else may have it
 *   <li>{@link io.tendon.persistence.incident}: what must not be deleted; {@link io.tendon.persistence.retention}: deletes what is
 *       oldest; a thread
 *   <li>{@link io.tendon.persistence.index}, {@link io.tendon.persistence.query}: tables, state and vectors of the session while it is
 *       recorded, and answers from them; a thread each
 *   <li>{@link io.tendon.persistence.replay}: a recorded session heard again
 *   <li>{@link io.tendon.persistence.command}: commands on recordings, with the robot on or off
 * </ul>
 */
@NullMarked
package io.tendon.persistence;

import org.jspecify.annotations.NullMarked;
