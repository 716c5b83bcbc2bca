package io.tendon.persistence.retention;

import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * When a segment was captured, found with two reads instead of one of the whole: from its first message to the first one
 * behind it. Immutable; any thread.
 *
 * @param firstNs first capture time, ns since the epoch; when nothing of it can be read, the first there is.
 * @param lastNs no message of it was captured later; when nothing of it can be read, when the file was written last.
 * @param isReadable whether there is a message in it that can be read. What is not may be of any time.
 */
record SegmentTimes(long firstNs, long lastNs, boolean isReadable) {
    /**
     * Looks into a segment that is not the last of its recording.
     *
     * @param archiveDir that holds it.
     * @param segment that does not grow any more.
     * @return its times.
     */
    static SegmentTimes of(final Path archiveDir, final Segment segment) {
        final RecordingDescriptor recording = segment.recording();
        final long endPosition = segment.basePosition() + recording.segmentLengthBytes();
        final long firstNs = firstNs(archiveDir, recording, segment.basePosition(), endPosition);
        if (firstNs == Long.MAX_VALUE) {
            return new SegmentTimes(Long.MIN_VALUE, TimeUnit.MILLISECONDS.toNanos(segment.modifiedMs()), false);
        }
        final long behindNs = firstNs(
                archiveDir, recording, endPosition, recording.isOpen() ? Long.MAX_VALUE : recording.stopPosition());
        if (behindNs != Long.MAX_VALUE) {
            return new SegmentTimes(firstNs, behindNs, true);
        }
        final PurgedSegment content = SegmentContent.of(archiveDir, recording, segment.basePosition());
        return new SegmentTimes(content.firstNs(), content.lastNs(), true);
    }

    private static long firstNs(
            final Path archiveDir,
            final RecordingDescriptor recording,
            final long fromPosition,
            final long limitPosition) {
        try (RecordingReader reader = new RecordingReader(archiveDir, recording, DamageListener.IGNORED)) {
            reader.limit(limitPosition);
            reader.seek(fromPosition);
            while (reader.next()) {
                if (reader.message().hasStamp()) {
                    return reader.message().captureTimeNs();
                }
            }
            return Long.MAX_VALUE;
        }
    }
}
