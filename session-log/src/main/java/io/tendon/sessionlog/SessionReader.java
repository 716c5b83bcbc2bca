package io.tendon.sessionlog;

import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.MergedCursor;
import io.tendon.sessionlog.recording.RecordingDescriptor;
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
        super(streams(directory, streamFilter, range, damages));
    }

    private static List<StreamReader> streams(
            final SessionDirectory directory,
            final IntPredicate streamFilter,
            final TimeRange range,
            final DamageListener damages) {
        final List<RecordingDescriptor> recordings =
                ArchiveListing.of(directory.archive()).recordings();
        final List<StreamReader> streams = new ArrayList<>();
        recordings.stream()
                .mapToInt(RecordingDescriptor::streamId)
                .distinct()
                .filter(streamFilter)
                .forEach(streamId ->
                        streams.add(new StreamReader(directory.archive(), recordings, streamId, range, damages)));
        return streams;
    }
}
