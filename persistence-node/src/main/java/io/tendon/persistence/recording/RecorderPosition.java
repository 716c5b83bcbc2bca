package io.tendon.persistence.recording;

/**
 * How far a recording has come, as the archive counts it.
 *
 * @param recordingId of the archive.
 * @param streamId of the stream.
 * @param sessionId of the publication that is recorded.
 * @param position up to which it is written to the file.
 */
public record RecorderPosition(long recordingId, int streamId, int sessionId, long position) {}
