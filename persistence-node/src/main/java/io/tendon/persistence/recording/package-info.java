/**
 * Recording: Aeron's archive as the write-ahead log, and what keeps it going.
 *
 * <p>Read {@link io.tendon.persistence.recording.RecordingSupervisor} first: it says when a recording is restarted, and
 * {@link io.tendon.persistence.recording.StreamRecording} how. Three threads of ours work beside the archive's own:
 *
 * <ul>
 *   <li>recording ({@link io.tendon.persistence.recording.RecordingAgent}): supervises and publishes
 *   <li>durability ({@link io.tendon.persistence.recording.DurabilityAgent}): flushes files to the device
 *   <li>log-tail ({@link io.tendon.persistence.recording.LogTail}): reads what was recorded, counts, keeps the manifest
 * </ul>
 *
 * <p>They share the driver's counters, which each reads with a {@link io.tendon.persistence.recording.PositionScan} of
 * its own. {@link io.tendon.persistence.recording.DiskGuard} stops streams while the disk fills. What of the session's durability
 * outlives a change of the media driver stands in {@link io.tendon.persistence.recording.DurabilityAccount}.
 *
 * <p>None of them can hold up a writer: recording subscriptions are not tethered.
 */
@NullMarked
package io.tendon.persistence.recording;

import org.jspecify.annotations.NullMarked;
