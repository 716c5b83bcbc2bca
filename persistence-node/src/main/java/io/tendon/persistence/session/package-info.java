/**
 * The session that is recorded: its manifest, the copies of its configuration, and the mending of its log after a kill.
 * And, for retention and commands, whether somebody records a session, repairs it or makes room in it: {@link
 * io.tendon.persistence.session.RecordingSigns}, {@link io.tendon.persistence.session.SessionRobots}, {@link
 * io.tendon.persistence.session.SessionLock}.
 *
 * <p>Read {@link io.tendon.persistence.session.SessionKeeper} first. Used by the main thread at start and end, and by the
 * log's tail in between.
 */
@NullMarked
package io.tendon.persistence.session;

import org.jspecify.annotations.NullMarked;
