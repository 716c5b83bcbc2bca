package io.tendon.bench.store.source;

import io.aeron.archive.client.AeronArchive;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Hands messages to an index as if they were read from the recording of one writer's life. One owner thread. */
public final class MessageFeed {
    private static final int SESSION_ID = 7;
    private static final int SEGMENT_BYTES = 128 << 20;
    private static final int TERM_BYTES = 64 << 20;
    private static final int MTU_BYTES = 1408;

    private final UnsafeBuffer buffer;
    private final RecordedMessage message;
    private long position;

    /**
     * Begins at the writer's first position.
     *
     * @param stream that was recorded.
     * @param mostBytes of a message.
     */
    public MessageFeed(final StreamDescriptor stream, final int mostBytes) {
        buffer = new UnsafeBuffer(new byte[mostBytes]);
        message = new RecordedMessage(
                new RecordingDescriptor(
                        0,
                        stream.streamId(),
                        SESSION_ID,
                        0,
                        AeronArchive.NULL_POSITION,
                        0,
                        -1,
                        0,
                        SEGMENT_BYTES,
                        TERM_BYTES,
                        MTU_BYTES,
                        "aeron:ipc?alias=" + RecordingDescriptor.ALIAS_PREFIX + stream.name(),
                        true,
                        List.of()),
                buffer);
    }

    /** Where the next message is to be encoded. */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /**
     * The message that was encoded.
     *
     * @param lengthBytes of it, header included.
     * @return holds until the next one.
     */
    public RecordedMessage next(final int lengthBytes) {
        final long from = position;
        position += StreamDescriptor.framedLength(lengthBytes);
        message.wrap(buffer, 0, lengthBytes, from, position);
        return message;
    }
}
