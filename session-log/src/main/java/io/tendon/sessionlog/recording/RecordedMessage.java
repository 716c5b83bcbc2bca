package io.tendon.sessionlog.recording;

import io.tendon.schemas.MessageSchema;
import org.agrona.DirectBuffer;

/** Flyweight over one recorded message, moved along by the {@link RecordingReader} that owns it. One owner thread. */
public final class RecordedMessage {
    private final RecordingDescriptor recording;
    private DirectBuffer buffer;
    private int offset;
    private int lengthBytes;
    private long position = -1;
    private long nextPosition = -1;
    private long captureTimeNs = Long.MIN_VALUE;

    /**
     * A flyweight over messages of one recording.
     *
     * @param recording that they are read from.
     * @param buffer that holds them, until {@link #wrap} says another.
     */
    public RecordedMessage(final RecordingDescriptor recording, final DirectBuffer buffer) {
        this.recording = recording;
        this.buffer = buffer;
    }

    /**
     * Moves to a message.
     *
     * @param messageBuffer that holds it.
     * @param messageOffset at which its header begins.
     * @param messageLengthBytes of it, without Aeron's frame header.
     * @param fromPosition in the publication's log at which its frame begins.
     * @param toPosition behind its frame.
     */
    public void wrap(
            final DirectBuffer messageBuffer,
            final int messageOffset,
            final int messageLengthBytes,
            final long fromPosition,
            final long toPosition) {
        buffer = messageBuffer;
        set(messageOffset, messageLengthBytes, fromPosition, toPosition);
    }

    void set(final int messageOffset, final int messageLengthBytes, final long fromPosition, final long toPosition) {
        offset = messageOffset;
        lengthBytes = messageLengthBytes;
        position = fromPosition;
        nextPosition = toPosition;
        if (hasStamp()) {
            captureTimeNs = MessageSchema.captureTimeNs(buffer, offset);
        }
    }

    /** Whether it is a message of Tendon's schema, which begins with a stamp. */
    public boolean hasStamp() {
        return MessageSchema.isMessage(buffer, offset, lengthBytes);
    }

    /** Holds the message. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Index in {@link #buffer()} at which the message's header begins. */
    public int offset() {
        return offset;
    }

    /** Length of the message, without Aeron's frame header. */
    public int lengthBytes() {
        return lengthBytes;
    }

    /** Recording that the message was read from. */
    public RecordingDescriptor recording() {
        return recording;
    }

    /** Position in the publication's log at which the message's frame begins. */
    public long position() {
        return position;
    }

    /** Position behind the message's frame. */
    public long nextPosition() {
        return nextPosition;
    }

    /** Capture time in the message's stamp, ns since the epoch; the one before it for a message without a stamp. */
    public long captureTimeNs() {
        return captureTimeNs;
    }

    /** Sequence in the message's stamp; only of a message that {@link #hasStamp()}. */
    public long sequence() {
        return MessageSchema.sequence(buffer, offset);
    }
}
