package io.tendon.sessionlog.verify;

import io.tendon.sessionlog.recording.RecordingDescriptor;

/**
 * Where in a session something was found.
 *
 * @param streamId of the stream; {@link #UNKNOWN} when it concerns the session as a whole.
 * @param stream name of the stream; empty when it concerns the session as a whole.
 * @param recordingId of the archive; {@link #UNKNOWN} when it concerns no one recording.
 * @param sessionId Aeron's, of the writer's life; 0 when it concerns no one life.
 * @param fromPosition first position in the writer's log; {@link #UNKNOWN} when there is none.
 * @param toPosition behind the last; equal to {@code fromPosition} for what lies between two frames.
 */
public record Place(int streamId, String stream, long recordingId, int sessionId, long fromPosition, long toPosition) {
    /** Number that says that there is none. */
    public static final int UNKNOWN = -1;

    /** The session as a whole. */
    public static final Place SESSION = new Place(UNKNOWN, "", UNKNOWN, 0, UNKNOWN, UNKNOWN);

    /** A stream as a whole. */
    static Place of(final int streamId, final String stream) {
        return new Place(streamId, stream, UNKNOWN, 0, UNKNOWN, UNKNOWN);
    }

    /** A range of a recording. */
    static Place of(final RecordingDescriptor recording, final long fromPosition, final long toPosition) {
        return new Place(
                recording.streamId(),
                recording.streamName(),
                recording.recordingId(),
                recording.sessionId(),
                fromPosition,
                toPosition);
    }
}
