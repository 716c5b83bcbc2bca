/**
 * A session heard again: the archive's own replay, put in order, paced, and published on the replay streams.
 *
 * <p>Read {@link io.tendon.persistence.replay.ReplayRun} first: it draws the parts. {@link
 * io.tendon.persistence.replay.Replayer} owns the order of things and the state that a person can change, {@link
 * io.tendon.persistence.replay.Playback} is its clock, {@link io.tendon.persistence.replay.ReplayLane} deals with the
 * archive, and {@link io.tendon.persistence.replay.ReplayStreams} with the readers.
 *
 * <p>Everything runs on the thread that calls {@code ReplayRun.run}, but for {@link
 * io.tendon.persistence.replay.ReplayControl}, which any thread may use, and the requests to the archive, which wait for
 * their answers on a thread of {@link io.tendon.persistence.replay.ReplayArchive}. Called by the command {@code replay}; a
 * running robot does not notice it, and a recorded session is only read.
 */
@NullMarked
package io.tendon.persistence.replay;

import org.jspecify.annotations.NullMarked;
