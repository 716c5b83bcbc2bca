package io.tendon.store.state;

import java.nio.charset.StandardCharsets;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How a value stands in the map: all of one size, little endian.
 *
 * <pre>
 *     0  captureTimeNs  int64
 *     8  position       int64
 *    16  streamId       int32
 *    20  sessionId      int32    the writer's
 *    24  contentLength  int32    bytes; -1 when the message was too long to be kept
 *    28  isRemoved      int8     0 or 1
 *    29  keyLength      uint8    bytes
 *    30  sessionLength  uint8    bytes
 *    31  unused         int8     0
 *    32  key            128 bytes, US-ASCII
 *   160  session        96 bytes, UTF-8
 *   256  content        StateLimits.contentBytes, up to a multiple of 8
 * </pre>
 *
 * <p>Bytes behind a text or content are left over from before and mean nothing. Stateless; any thread.
 */
final class StateValueDescriptor {
    /** Changes with the layout. */
    static final int FORMAT = 1;

    /** Longest name of a session. */
    static final int MAX_SESSION_BYTES = 96;

    private static final int CAPTURE_TIME_OFFSET = 0;
    private static final int POSITION_OFFSET = 8;
    private static final int STREAM_ID_OFFSET = 16;
    private static final int SESSION_ID_OFFSET = 20;
    private static final int CONTENT_LENGTH_OFFSET = 24;
    private static final int REMOVED_OFFSET = 28;
    private static final int KEY_LENGTH_OFFSET = 29;
    private static final int SESSION_LENGTH_OFFSET = 30;
    private static final int KEY_OFFSET = 32;
    private static final int SESSION_OFFSET = KEY_OFFSET + StateKey.MAX_BYTES;
    private static final int CONTENT_OFFSET = SESSION_OFFSET + MAX_SESSION_BYTES;
    private static final int NOT_KEPT = -1;

    private StateValueDescriptor() {}

    /** Bytes of one value. */
    static int lengthBytes(final StateLimits limits) {
        return BitUtil.align(CONTENT_OFFSET + limits.contentBytes(), Long.BYTES);
    }

    static void encode(final StateValue value, final byte[] target) {
        final UnsafeBuffer buffer = new UnsafeBuffer(target);
        buffer.putLong(CAPTURE_TIME_OFFSET, value.captureTimeNs());
        buffer.putLong(POSITION_OFFSET, value.position());
        buffer.putInt(STREAM_ID_OFFSET, value.streamId());
        buffer.putInt(SESSION_ID_OFFSET, value.sessionId());
        buffer.putByte(REMOVED_OFFSET, (byte) (value.isRemoved() ? 1 : 0));
        putText(buffer, KEY_LENGTH_OFFSET, KEY_OFFSET, value.key().text());
        putText(buffer, SESSION_LENGTH_OFFSET, SESSION_OFFSET, value.session());
        final var message = value.message();
        if (message == null || message.capacity() > target.length - CONTENT_OFFSET) {
            buffer.putInt(CONTENT_LENGTH_OFFSET, NOT_KEPT);
        } else {
            buffer.putInt(CONTENT_LENGTH_OFFSET, message.capacity());
            buffer.putBytes(CONTENT_OFFSET, message, 0, message.capacity());
        }
    }

    /** Reads a value; its message is a copy. */
    static StateValue decode(final byte[] bytes) {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final int contentLength = buffer.getInt(CONTENT_LENGTH_OFFSET);
        final byte[] content = new byte[Math.max(0, contentLength)];
        buffer.getBytes(CONTENT_OFFSET, content);
        return new StateValue(
                new StateKey(text(bytes, buffer.getByte(KEY_LENGTH_OFFSET), KEY_OFFSET)),
                text(bytes, buffer.getByte(SESSION_LENGTH_OFFSET), SESSION_OFFSET),
                buffer.getInt(STREAM_ID_OFFSET),
                buffer.getInt(SESSION_ID_OFFSET),
                buffer.getLong(POSITION_OFFSET),
                buffer.getLong(CAPTURE_TIME_OFFSET),
                buffer.getByte(REMOVED_OFFSET) != 0,
                contentLength == NOT_KEPT ? null : new UnsafeBuffer(content));
    }

    private static void putText(
            final UnsafeBuffer buffer, final int lengthOffset, final int offset, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        buffer.putByte(lengthOffset, (byte) bytes.length);
        buffer.putBytes(offset, bytes);
    }

    private static String text(final byte[] bytes, final byte length, final int offset) {
        return new String(bytes, offset, length & 0xFF, StandardCharsets.UTF_8);
    }
}
