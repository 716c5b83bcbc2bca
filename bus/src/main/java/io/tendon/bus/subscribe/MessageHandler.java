package io.tendon.bus.subscribe;

import org.agrona.DirectBuffer;

/** Receives messages of one stream, on the thread that polls. It must not keep the buffer and must not wait. */
@FunctionalInterface
public interface MessageHandler {
    /**
     * One whole message of our schema.
     *
     * @param buffer that holds it.
     * @param offset at which its SBE header begins.
     * @param lengthBytes of the message, header included.
     * @param sessionId of the writer's life.
     * @param fromPosition log position at which its frame begins.
     * @param toPosition log position behind its frame.
     */
    void onMessage(DirectBuffer buffer, int offset, int lengthBytes, int sessionId, long fromPosition, long toPosition);
}
