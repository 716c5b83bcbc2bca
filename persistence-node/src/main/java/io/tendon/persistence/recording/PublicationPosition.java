package io.tendon.persistence.recording;

/**
 * How far a writer has come, as the driver counts it.
 *
 * @param streamId of the stream.
 * @param sessionId of the writer's life.
 * @param position behind its last message.
 */
public record PublicationPosition(int streamId, int sessionId, long position) {}
