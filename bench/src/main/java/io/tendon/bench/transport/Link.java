package io.tendon.bench.transport;

import org.agrona.DirectBuffer;

/** One end of a connection between two processes: messages both ways, in order, none lost. One owner thread. */
public interface Link extends AutoCloseable {
    /**
     * Sends a message, unless there is no room at this moment.
     *
     * @param buffer holding it.
     * @param offset at which it begins.
     * @param lengthBytes of it.
     * @return whether it was sent.
     */
    boolean send(DirectBuffer buffer, int offset, int lengthBytes);

    /**
     * Hands over what has come. Returns at once, or waits a few milliseconds at most where the transport is meant to be
     * waited for.
     *
     * @param receiver of the messages.
     * @return messages handed over.
     */
    int poll(Receiver receiver);

    /**
     * Hands over what has come, without waiting.
     *
     * @param receiver of the messages.
     * @return messages handed over.
     */
    default int pollNow(final Receiver receiver) {
        return poll(receiver);
    }

    @Override
    void close();

    /** Takes messages. */
    interface Receiver {
        /**
         * Takes one message.
         *
         * @param buffer holding it, valid during the call.
         * @param offset at which it begins.
         * @param lengthBytes of it.
         */
        void onMessage(DirectBuffer buffer, int offset, int lengthBytes);
    }
}
