package io.tendon.sessionlog.manifest;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a session is: who recorded what, when, and how far. Most of it can be had from the archive again ({@link
 * ManifestRebuilder}); not what was published behind the end of the recordings, nor the recorder's machine.
 *
 * @param sessionId name of the session.
 * @param state as it was written; {@link #presentState} says whether that still holds.
 * @param startedNs when recording began, ns since the epoch.
 * @param endedNs when it ended, ns since the epoch; while it is open, when the manifest was written last.
 * @param origin who recorded, and where.
 * @param recorder process that writes.
 * @param recordings in the order of their ids.
 * @param unrecorded what was published behind the end of the recordings, of each stream that lost something there.
 * @param configFiles names of the copies in the session's config directory.
 * @param isRebuilt whether it was made from the archive because the file was missing or damaged.
 */
public record SessionManifest(
        String sessionId,
        SessionState state,
        long startedNs,
        long endedNs,
        SessionOrigin origin,
        RecorderProcess recorder,
        List<RecordingEntry> recordings,
        List<UnrecordedTail> unrecorded,
        List<String> configFiles,
        boolean isRebuilt) {

    /** Copies the lists. */
    public SessionManifest {
        recordings = List.copyOf(recordings);
        unrecorded = List.copyOf(unrecorded);
        configFiles = List.copyOf(configFiles);
    }

    /** How the session stands now: an open one whose recorder does not live any more was interrupted. */
    public SessionState presentState() {
        return state == SessionState.OPEN && !recorder.isAlive() ? SessionState.INTERRUPTED : state;
    }

    /** From start to end, or to the last checkpoint of an open one, ns. */
    public long durationNs() {
        return Math.max(0, endedNs - startedNs);
    }

    /** Sums over the recordings of each stream and what was published behind their end, in the order of the streams' ids. */
    public List<StreamTotal> streams() {
        final Map<Integer, StreamTotal> totals = new TreeMap<>();
        for (final RecordingEntry entry : recordings) {
            totals.merge(entry.streamId(), StreamTotal.of(entry), StreamTotal::plus);
        }
        for (final UnrecordedTail tail : unrecorded) {
            totals.merge(tail.streamId(), StreamTotal.of(tail), StreamTotal::plus);
        }
        return List.copyOf(totals.values());
    }

    /** The same with other recordings, as of a later time. */
    public SessionManifest withRecordings(final List<RecordingEntry> newRecordings, final long newEndedNs) {
        return new SessionManifest(
                sessionId,
                state,
                startedNs,
                newEndedNs,
                origin,
                recorder,
                newRecordings,
                unrecorded,
                configFiles,
                isRebuilt);
    }

    /** The same with what was published behind the end of the recordings. */
    public SessionManifest withUnrecorded(final List<UnrecordedTail> newUnrecorded) {
        return new SessionManifest(
                sessionId,
                state,
                startedNs,
                endedNs,
                origin,
                recorder,
                recordings,
                newUnrecorded,
                configFiles,
                isRebuilt);
    }

    /** The same with another origin. */
    public SessionManifest withOrigin(final SessionOrigin newOrigin) {
        return new SessionManifest(
                sessionId,
                state,
                startedNs,
                endedNs,
                newOrigin,
                recorder,
                recordings,
                unrecorded,
                configFiles,
                isRebuilt);
    }

    /** The same in another state. */
    public SessionManifest withState(final SessionState newState) {
        return new SessionManifest(
                sessionId,
                newState,
                startedNs,
                endedNs,
                origin,
                recorder,
                recordings,
                unrecorded,
                configFiles,
                isRebuilt);
    }

    /**
     * What was recorded of one stream.
     *
     * @param streamId of the stream.
     * @param name of the stream.
     * @param messages each counted once.
     * @param bytes of log, frame headers and padding included; overlapping recordings count twice.
     * @param missing messages that were given a sequence number and are not recorded.
     * @param recordings how many.
     */
    public record StreamTotal(int streamId, String name, long messages, long bytes, long missing, int recordings) {
        static StreamTotal of(final RecordingEntry entry) {
            return new StreamTotal(
                    entry.streamId(), entry.streamName(), entry.messages(), entry.bytes(), entry.missing(), 1);
        }

        static StreamTotal of(final UnrecordedTail tail) {
            return new StreamTotal(tail.streamId(), tail.streamName(), 0, 0, tail.messages(), 0);
        }

        StreamTotal plus(final StreamTotal other) {
            return new StreamTotal(
                    streamId,
                    name,
                    messages + other.messages,
                    bytes + other.bytes,
                    missing + other.missing,
                    recordings + other.recordings);
        }
    }
}
