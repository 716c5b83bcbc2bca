/**
 * What was said: sessions on disk, read back in order without a server, while they are recorded or years later.
 *
 * <p>Read {@link io.tendon.sessionlog.SessionDirectory} first: it draws where a session's parts stand. {@link
 * io.tendon.sessionlog.SessionCatalog} finds a session, {@link io.tendon.sessionlog.Session} says how it stands, {@link
 * io.tendon.sessionlog.SessionReader} reads its messages by capture time, and {@link
 * io.tendon.sessionlog.json.MessageJson} prints any of them.
 *
 * <ul>
 *   <li>{@link io.tendon.sessionlog.recording}: the archive's files, frame by frame
 *   <li>{@link io.tendon.sessionlog.manifest}: the manifest and what it counts
 *   <li>{@link io.tendon.sessionlog.json}: messages as JSON, by the schema's intermediate representation
 *   <li>{@link io.tendon.sessionlog.option}: which session a command is asked about, and from when to when
 *   <li>{@link io.tendon.sessionlog.incident}: ranges that are kept, and why
 *   <li>{@link io.tendon.sessionlog.durability}: what was not on the device when a session was cut off
 *   <li>{@link io.tendon.sessionlog.verify}: whether a session is whole
 *   <li>{@link io.tendon.sessionlog.repair}: mends one that is not; all else reads alone
 * </ul>
 *
 * <p>Called by persistence's commands and by whatever else reads recordings offline, on the caller's thread; never from a
 * control or fusion loop.
 */
@NullMarked
package io.tendon.sessionlog;

import org.jspecify.annotations.NullMarked;
