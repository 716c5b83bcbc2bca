/**
 * What a session is: its manifest, the file that holds it, how to make it again from the archive, and how to count what
 * was recorded.
 *
 * <p>Read {@link io.tendon.sessionlog.manifest.SessionManifest} first, then {@link
 * io.tendon.sessionlog.manifest.SessionManifestFile} for the file. {@link
 * io.tendon.sessionlog.manifest.MessageTally} counts; persistence runs one behind the recorder, and commands count the
 * part that the last checkpoint does not cover. Records are immutable; the tally and the rebuilder belong to one
 * thread.
 */
@NullMarked
package io.tendon.sessionlog.manifest;

import org.jspecify.annotations.NullMarked;
