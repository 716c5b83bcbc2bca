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
     * Opens a stream from its files.
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
        this(recordings, streamId, range, RecordingOpener.files(archiveDir, damages));
    }

    /**
     * Opens a stream.
     *
     * @param recordings of the archive; those of other streams are left out.
     * @param streamId to read.
     * @param range of capture times to give out.
     * @param opener of the recordings.
     */
    public StreamReader(
            final List<RecordingDescriptor> recordings,
            final int streamId,
            final TimeRange range,
            final RecordingOpener opener) {
        super(publications(recordings, streamId, range, opener));
    }

    private static List<RangeCursor> publications(
            final List<RecordingDescriptor> recordings,
            final int streamId,
            final TimeRange range,
            final RecordingOpener opener) {
        final Map<Integer, PublicationReader> publications = new LinkedHashMap<>();
        for (final RecordingDescriptor recording : recordings) {
            if (recording.streamId() == streamId) {
                publications
                        .computeIfAbsent(recording.sessionId(), sessionId -> new PublicationReader())
                        .add(opener.open(recording, range.searchFromNs()));
            }
        }
        final List<RangeCursor> cursors = new ArrayList<>();
        publications.values().forEach(publication -> cursors.add(new RangeCursor(publication, range)));
        return cursors;
    }
}
