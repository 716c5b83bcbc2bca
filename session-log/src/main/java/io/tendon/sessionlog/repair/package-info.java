/**
 * Mends a session of which bytes or files are damaged or gone: its catalog, its log, its manifest. What cannot be read is
 * replaced by padding, after it was put aside, and named in a ledger; what follows from what is left is made again.
 *
 * <p>Read {@link io.tendon.sessionlog.repair.LogRepair} first, then {@code TrustedRecordings}, which says what each recording is
 * before anything of it is judged, {@code RangeMending}, which alone changes segments, and {@code LostStatements}, which says
 * whether a loss was explained once. Who wants to see a repair killed gives a {@link
 * io.tendon.sessionlog.recording.DiskSteps}. Called by {@code persistence-node repair}, on the main
 * thread, for a session that nobody records or replays.
 */
@NullMarked
package io.tendon.sessionlog.repair;

import org.jspecify.annotations.NullMarked;
