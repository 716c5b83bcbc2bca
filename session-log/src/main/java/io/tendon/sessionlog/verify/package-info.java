/**
 * Whether a recorded session is whole: {@link io.tendon.sessionlog.verify.SessionVerifier} reads it and makes a {@link
 * io.tendon.sessionlog.verify.VerifyReport}, a list of {@link io.tendon.sessionlog.verify.Finding}s.
 *
 * <pre>
 *   pass 1  RecordingLane -> SessionStatements   what the log says of itself: StatedLosses, SessionEvents, Heartbeats
 *   pass 2  RecordingLane -> LifeCheck           each writer's life: MessageCheck a message, LifeLosses the gaps
 *   then    LostTails, NodeSilences, RateNotes   what no frame shows
 * </pre>
 *
 * <p>Read {@link io.tendon.sessionlog.verify.SessionVerifier} first. Everything belongs to the thread that verifies; the
 * report is immutable.
 */
@NullMarked
package io.tendon.sessionlog.verify;

import org.jspecify.annotations.NullMarked;
