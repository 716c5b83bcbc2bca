package io.tendon.sessionlog.recording;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what was said on one stream: all publications of it merged by capture time, each message once, within a range
 * of capture times. One owner thread.
 */
public final class StreamReader extends MergedCursor {
    /**
     * Opens a stream.
     *
     * @param archiveDir that holds the recordings.
     * @param recordings of the archive; those of other streams are left out.
     * @param streamId to read.
     * @param range of capture times to give out.
     * @param damages is told of damaged ranges.
     */
    public StreamReader(
            final Path archiveDir,
            final List<RecordingDescriptor> recordings,
            final int streamId,
            final TimeRange range,
            final DamageListener damages) {
        super(publications(archiveDir, recordings, streamId, range, damages));
    }

    private static List<RangeCursor> publications(
            final Path archiveDir,
            final List<RecordingDescriptor> recordings,
            final int streamId,
            final TimeRange range,
            final DamageListener damages) {
        final Map<Integer, PublicationReader> publications = new LinkedHashMap<>();
        for (final RecordingDescriptor recording : recordings) {
            if (recording.streamId() == streamId) {
                final RecordingReader reader = new RecordingReader(archiveDir, recording, damages);
                if (range.fromNs() != Long.MIN_VALUE) {
                    reader.seekTime(range.searchFromNs());
                }
                publications
                        .computeIfAbsent(recording.sessionId(), sessionId -> new PublicationReader())
                        .add(reader);
            }
        }
        final List<RangeCursor> cursors = new ArrayList<>();
        publications.values().forEach(publication -> cursors.add(new RangeCursor(publication, range)));
        return cursors;
    }
}
