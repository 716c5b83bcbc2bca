package io.tendon.sessionlog.recording;

import static io.aeron.protocol.DataHeaderFlyweight.HEADER_LENGTH;

import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.LogBufferDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.checksum.Checksum;
import org.agrona.checksum.Crc32c;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Says whether the bytes at a position are the frame that belongs there.
 *
 * <p>A recorded frame is Aeron's data frame with one change: the archive ({@code RecordingWriter.computeChecksum}) puts
 * the CRC32C of everything behind the header, up to the aligned length, in the place of the session id. Padding frames
 * (the end of a term, or a message that its writer gave up) are written without payload and keep their session id.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                  Frame length, with header                    |
 *  +---------------+---------------+-------------------------------+
 *  |  Version 0    |  Flags 0xC0   |  Type: 1 data, 0 padding      |
 *  +---------------+---------------+-------------------------------+
 *  |        Term offset = position modulo the term's length        |
 *  +---------------------------------------------------------------+
 *  |        CRC32C of the payload (padding: session id)            |
 *  +---------------------------------------------------------------+
 *  |                          Stream id                            |
 *  +---------------------------------------------------------------+
 *  |      Term id = initial term id + position / term's length     |
 *  +---------------------------------------------------------------+
 *  |                   Reserved value (64 bit)                     |
 *  +---------------------------------------------------------------+
 *  |                Payload, aligned to 32 bytes                  ...
 * </pre>
 *
 * The term's offset and id must be those of the position, since Aeron can leave frames of another position, with a
 * right CRC, at the end of a recording whose subscription rejoined. Two things nothing here covers: the reserved value,
 * and the lowest five bits of a message's length, since the CRC goes up to the aligned length; who wants to be sure of
 * those compares them with the message's own length (io.tendon.sessionlog.verify). Immutable; any thread.
 */
final class FrameCheck {
    private static final byte UNFRAGMENTED = FrameDescriptor.UNFRAGMENTED;
    private static final Checksum CHECKSUM = Crc32c.INSTANCE;

    private final RecordingDescriptor recording;
    private final int positionBitsToShift;

    FrameCheck(final RecordingDescriptor recording) {
        this.recording = recording;
        this.positionBitsToShift = LogBufferDescriptor.positionBitsToShift(recording.termLengthBytes());
    }

    /**
     * Checks the header.
     *
     * @param buffer that holds at least the header.
     * @param index at which it begins.
     * @param position at which it should belong.
     * @return fault or {@link FrameFault#NONE}.
     */
    FrameFault header(final UnsafeBuffer buffer, final int index, final long position) {
        final int frameLength = frameLength(buffer, index);
        if (frameLength <= 0) {
            return FrameFault.UNWRITTEN;
        }
        final int termOffset = (int) position & (recording.termLengthBytes() - 1);
        final boolean isPadding = isPadding(buffer, index);
        if (frameLength < HEADER_LENGTH
                || BitUtil.align(frameLength, FrameDescriptor.FRAME_ALIGNMENT)
                        > recording.termLengthBytes() - termOffset
                || buffer.getByte(index + DataHeaderFlyweight.VERSION_FIELD_OFFSET) != 0
                || buffer.getByte(index + DataHeaderFlyweight.FLAGS_FIELD_OFFSET) != UNFRAGMENTED
                || (isPadding
                        ? isUnevenTermEnd(frameLength, termOffset)
                        : !isWholeMessage(buffer, index, frameLength))) {
            return FrameFault.MALFORMED;
        }
        final int termId = recording.initialTermId() + (int) (position >>> positionBitsToShift);
        if (littleEndian(buffer, index + DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET) != termOffset
                || littleEndian(buffer, index + DataHeaderFlyweight.TERM_ID_FIELD_OFFSET) != termId
                || littleEndian(buffer, index + DataHeaderFlyweight.STREAM_ID_FIELD_OFFSET) != recording.streamId()
                || (isPadding
                        && recording.isSessionKnown()
                        && storedChecksum(buffer, index) != recording.sessionId())) {
            return FrameFault.MISPLACED;
        }
        return FrameFault.NONE;
    }

    /**
     * Checks the payload of a data frame whose header is right.
     *
     * @param buffer off heap, that holds the whole frame.
     * @param index at which it begins.
     * @return whether the payload fits its CRC32C.
     */
    static boolean isPayloadIntact(final UnsafeBuffer buffer, final int index) {
        return isPayloadIntact(buffer, index, alignedLength(buffer, index));
    }

    /** The same of a frame whose header does not say its length. */
    static boolean isPayloadIntact(final UnsafeBuffer buffer, final int index, final int alignedLength) {
        return CHECKSUM.compute(buffer.addressOffset(), index + HEADER_LENGTH, alignedLength - HEADER_LENGTH)
                == storedChecksum(buffer, index);
    }

    /**
     * The header of a data frame.
     *
     * @param position at which it belongs.
     * @param frameLength with the header.
     * @param storedChecksum of its payload.
     * @return the bytes.
     */
    byte[] dataHeader(final long position, final int frameLength, final int storedChecksum) {
        return header(DataHeaderFlyweight.HDR_TYPE_DATA, position, frameLength, storedChecksum);
    }

    /**
     * The header of a padding frame, which holds nothing.
     *
     * @param position at which it belongs.
     * @param frameLength up to which it goes, with the header; it ends within its term.
     * @return the bytes.
     */
    byte[] paddingHeader(final long position, final int frameLength) {
        return header(DataHeaderFlyweight.HDR_TYPE_PAD, position, frameLength, recording.sessionId());
    }

    private byte[] header(final int type, final long position, final int frameLength, final int checksumOrSessionId) {
        final byte[] bytes = new byte[HEADER_LENGTH];
        final DataHeaderFlyweight header = new DataHeaderFlyweight(new UnsafeBuffer(bytes));
        header.frameLength(frameLength);
        header.headerType(type);
        header.flags((short) (UNFRAGMENTED & 0xFF));
        header.version((short) 0);
        header.termOffset((int) position & (recording.termLengthBytes() - 1));
        header.sessionId(checksumOrSessionId);
        header.streamId(recording.streamId());
        header.termId(recording.initialTermId() + (int) (position >>> positionBitsToShift));
        header.reservedValue(0);
        return bytes;
    }

    static int frameLength(final UnsafeBuffer buffer, final int index) {
        return littleEndian(buffer, index + DataHeaderFlyweight.FRAME_LENGTH_FIELD_OFFSET);
    }

    static int alignedLength(final UnsafeBuffer buffer, final int index) {
        return BitUtil.align(frameLength(buffer, index), FrameDescriptor.FRAME_ALIGNMENT);
    }

    static boolean isPadding(final UnsafeBuffer buffer, final int index) {
        return type(buffer, index) == DataHeaderFlyweight.HDR_TYPE_PAD;
    }

    /** Aeron fills a term up to its end with a whole number of alignments; only a message that was given up may be uneven. */
    private boolean isUnevenTermEnd(final int frameLength, final int termOffset) {
        final int alignedLength = BitUtil.align(frameLength, FrameDescriptor.FRAME_ALIGNMENT);
        return termOffset + alignedLength == recording.termLengthBytes() && frameLength != alignedLength;
    }

    private boolean isWholeMessage(final UnsafeBuffer buffer, final int index, final int frameLength) {
        return type(buffer, index) == DataHeaderFlyweight.HDR_TYPE_DATA && frameLength <= recording.mtuLengthBytes();
    }

    private static int type(final UnsafeBuffer buffer, final int index) {
        return buffer.getShort(index + DataHeaderFlyweight.TYPE_FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    static int storedChecksum(final UnsafeBuffer buffer, final int index) {
        return littleEndian(buffer, index + DataHeaderFlyweight.SESSION_ID_FIELD_OFFSET);
    }

    private static int littleEndian(final UnsafeBuffer buffer, final int index) {
        return buffer.getInt(index, ByteOrder.LITTLE_ENDIAN);
    }
}
