package io.tendon.sessionlog;

import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.MergedCursor;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingOpener;
import io.tendon.sessionlog.recording.StreamReader;
import io.tendon.sessionlog.recording.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Reads what was said in a session, on all its streams or some, in the order of capture time, each message once. The
 * session may be recorded meanwhile; what comes after the end was reached is not given out. One owner thread.
 */
public final class SessionReader extends MergedCursor {
    /**
     * Opens a session.
     *
     * @param directory of the session.
     * @param streamFilter which streams, by id.
     * @param range of capture times.
     * @param damages is told of damaged ranges.
     */
    public SessionReader(
            final SessionDirectory directory,
            final IntPredicate streamFilter,
            final TimeRange range,
            final DamageListener damages) {
        this(
                ArchiveListing.of(directory.archive()).recordings(),
                streamFilter,
                range,
                RecordingOpener.files(directory.archive(), damages));
    }

    /**
     * Opens what was recorded.
     *
     * @param recordings of the session.
     * @param streamFilter which streams, by id.
     * @param range of capture times.
     * @param opener of the recordings.
     */
    public SessionReader(
            final List<RecordingDescriptor> recordings,
            final IntPredicate streamFilter,
            final TimeRange range,
            final RecordingOpener opener) {
        super(streams(recordings, streamFilter, range, opener));
    }

    private static List<StreamReader> streams(
            final List<RecordingDescriptor> recordings,
            final IntPredicate streamFilter,
            final TimeRange range,
            final RecordingOpener opener) {
        final List<StreamReader> streams = new ArrayList<>();
        recordings.stream()
                .mapToInt(RecordingDescriptor::streamId)
                .distinct()
                .filter(streamFilter)
                .forEach(streamId -> streams.add(new StreamReader(recordings, streamId, range, opener)));
        return streams;
    }
}
