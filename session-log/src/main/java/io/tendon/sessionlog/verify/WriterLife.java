package io.tendon.sessionlog.verify;

import io.tendon.sessionlog.recording.RecordingDescriptor;

/**
 * One life of one writer: sequence numbers count from 0 in it.
 *
 * @param streamId on which it writes.
 * @param sessionId of its publication.
 */
record WriterLife(int streamId, int sessionId) {
    static WriterLife of(final RecordingDescriptor recording) {
        return new WriterLife(recording.streamId(), recording.sessionId());
    }
}
