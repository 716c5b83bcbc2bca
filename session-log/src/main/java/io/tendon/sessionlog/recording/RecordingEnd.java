package io.tendon.sessionlog.recording;

import java.nio.file.Path;

/**
 * Where a recording ends that was not stopped in order, or that grows: behind its last good message (not behind padding,
 * which the archive may refuse when it crosses a page). Reads one segment, however long the recording is. Any thread.
 *
 * @param basePosition of the last segment that has a file.
 * @param position behind the last good message in that segment; where the segment or the recording begins when there is
 *     none.
 */
public record RecordingEnd(long basePosition, long position) {
    /**
     * Finds the end.
     *
     * @param archiveDir that holds the recording.
     * @param recording of any kind; of one that was stopped the end that the catalog knows is the limit.
     * @return its end.
     */
    public static RecordingEnd find(final Path archiveDir, final RecordingDescriptor recording) {
        // The last file, as the archive looks for it: files before it may have been deleted to make room.
        final long firstPosition = recording.segmentBasePosition(recording.startPosition());
        final long basePosition = SegmentWindow.lastSegment(archiveDir, recording, firstPosition);
        long endPosition = Math.max(basePosition, recording.startPosition());
        try (RecordingReader reader = new RecordingReader(archiveDir, recording, DamageListener.IGNORED)) {
            reader.seek(endPosition);
            while (reader.next()) {
                endPosition = reader.message().nextPosition();
            }
        }
        return new RecordingEnd(basePosition, endPosition);
    }
}
