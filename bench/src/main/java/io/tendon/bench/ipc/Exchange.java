package io.tendon.bench.ipc;

import io.tendon.bench.transport.StateMessage;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** What the two processes say to each other, in the last bytes of the state messages, which nobody decodes here. */
final class Exchange {
    /** To be sent back. */
    static final long RETURN = 1;
    /** To be counted; every so often the count is sent back. */
    static final long COUNT = 2;
    /** The count is wanted now. */
    static final long COUNT_NOW = 3;
    /** Nothing more comes. */
    static final long END = 4;

    /** Messages between two counts that are sent back. */
    static final int COUNT_EVERY = 1024;
    /** Most messages on their way: what no transport here loses or refuses. */
    static final int WINDOW = 8 * COUNT_EVERY;

    private static final int PURPOSE_OFFSET = StateMessage.LENGTH_BYTES - Long.BYTES;
    private static final int ARGUMENT_OFFSET = PURPOSE_OFFSET - Long.BYTES;

    private Exchange() {}

    static long purpose(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + PURPOSE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    static long argument(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + ARGUMENT_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    static void set(final MutableDirectBuffer message, final long purpose, final long argument) {
        message.putLong(PURPOSE_OFFSET, purpose, ByteOrder.LITTLE_ENDIAN);
        message.putLong(ARGUMENT_OFFSET, argument, ByteOrder.LITTLE_ENDIAN);
    }
}
