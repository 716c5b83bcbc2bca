/**
 * Recorded files, read without a server: an Aeron archive's catalog and its segment files.
 *
 * <p>Read {@link io.tendon.sessionlog.recording.RecordingReader} first; {@link
 * io.tendon.sessionlog.recording.FrameCheck} draws a recorded frame and says what is checked. Readers stack up:
 *
 * <pre>
 *   segment files -> RecordingReader    one recording, every frame checked
 *                 -> PublicationReader  one life of one writer, out of overlapping recordings, each position once
 *                 -> StreamReader       all writers of one stream, by capture time
 *                 -> SessionReader      all streams of a session, by capture time
 * </pre>
 *
 * <p>Which recordings there are an {@link io.tendon.sessionlog.recording.ArchiveListing} says: {@link
 * io.tendon.sessionlog.recording.CatalogFile} from the catalog's bytes, {@link
 * io.tendon.sessionlog.recording.SegmentEvidence} from the segment files of those that it does not know. What is gone on
 * purpose or by damage is named in two ledgers, {@link io.tendon.sessionlog.recording.PurgeLedger} and {@link
 * io.tendon.sessionlog.recording.RepairLedger}. {@link io.tendon.sessionlog.recording.SegmentWriter} alone changes recorded
 * bytes, for a repair.
 *
 * <p>All readers are a {@link io.tendon.sessionlog.recording.MessageCursor}, belong to the thread that made them, and
 * read a session that is being recorded as well as a closed one.
 */
@NullMarked
package io.tendon.sessionlog.recording;

import org.jspecify.annotations.NullMarked;
