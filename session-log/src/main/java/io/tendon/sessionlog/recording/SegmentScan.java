package io.tendon.sessionlog.recording;

import static io.aeron.protocol.DataHeaderFlyweight.HEADER_LENGTH;

import io.aeron.archive.client.AeronArchive;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalInt;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Learns from the segment files of a recording what the archive's catalog would have said of it.
 *
 * <pre>
 *   recording id, base position   name of the file, ID-POSITION.rec; a segment begins where a term does
 *   start position                the first bytes that are written; nothing stands before them
 *   stream id, initial term id,   what most headers say of frames whose payload fits its CRC32C ({@link LogShape}); a
 *   term length                   header has no checksum of its own, so that none is believed alone if others say otherwise
 *   session id                    not to be had: the CRC stands in its place. The initial term id, which is random in
 *                                 each life of a writer, stands for it
 *   stop position, times          not to be had; a reader finds the end by itself
 * </pre>
 *
 * One owner thread.
 */
final class SegmentScan {
    /** With so many frames that say the same, no later segment is asked. */
    private static final int DECISIVE_FRAMES = 3;

    private static final int MAX_FRAME_BYTES =
            BitUtil.align(StreamDescriptor.MTU_BYTES, FrameDescriptor.FRAME_ALIGNMENT);
    private static final long UNKNOWN_TIME = -1;

    private final long recordingId;
    private final int segmentLengthBytes;
    private final LogShape.Votes messages = new LogShape.Votes();
    private final LogShape.Votes paddings = new LogShape.Votes();
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 20);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private long firstBase = -1;
    private long firstPosition = -1;
    private int windowOffset;
    private int windowLength;

    /**
     * Has read nothing yet.
     *
     * @param recordingId of the recording.
     * @param segmentLengthBytes of a file that is whole; a power of two.
     */
    SegmentScan(final long recordingId, final int segmentLengthBytes) {
        this.recordingId = recordingId;
        this.segmentLengthBytes = segmentLengthBytes;
    }

    /** Whether later segments have nothing to add. */
    boolean isDecided() {
        return messages.most() >= DECISIVE_FRAMES;
    }

    /**
     * Reads a segment.
     *
     * @param segment of the recording, in the order of their positions.
     * @throws IOException when it cannot be read.
     */
    void read(final SegmentFile segment) throws IOException {
        windowLength = 0;
        try (FileChannel channel = FileChannel.open(segment.file(), StandardOpenOption.READ)) {
            int offset = 0;
            while (offset <= segmentLengthBytes - HEADER_LENGTH && load(channel, offset)) {
                final int index = offset - windowOffset;
                if (firstPosition == -1 && !isEmpty(index)) {
                    firstBase = segment.basePosition();
                    firstPosition = firstBase + offset;
                }
                offset += take(segment, offset, index);
            }
        }
    }

    /**
     * Concludes.
     *
     * @param knownStreamId of the recording, from elsewhere.
     * @return what is known of the recording.
     */
    Found conclude(final OptionalInt knownStreamId) {
        final LogShape.Verdict verdict = (messages.most() > 0 ? messages : paddings).decide(knownStreamId);
        final LogShape shape = verdict.shape();
        if (shape == null) {
            return new Found(null, verdict.doubt());
        }
        final StreamDescriptor stream = StreamCatalog.byId(shape.streamId());
        // It begins in the first term of its first file, or the names of all its files would be others.
        final boolean isInFirstTerm = firstPosition - firstBase < shape.termLengthBytes();
        final RecordingDescriptor recording = new RecordingDescriptor(
                recordingId,
                shape.streamId(),
                shape.initialTermId(),
                isInFirstTerm ? firstPosition : firstBase,
                AeronArchive.NULL_POSITION,
                UNKNOWN_TIME,
                UNKNOWN_TIME,
                shape.initialTermId(),
                segmentLengthBytes,
                shape.termLengthBytes(),
                StreamDescriptor.MTU_BYTES,
                "aeron:ipc" + (stream == null ? "" : "?alias=" + RecordingDescriptor.ALIAS_PREFIX + stream.name()),
                false,
                List.of());
        return new Found(recording.isSane() ? recording : null, "");
    }

    /** Takes the word of what stands at an offset; how far the next frame may be. */
    private int take(final SegmentFile segment, final int offset, final int index) {
        final int frameLength = FrameCheck.frameLength(buffer, index);
        if (frameLength < HEADER_LENGTH
                || buffer.getByte(index + DataHeaderFlyweight.VERSION_FIELD_OFFSET) != 0
                || buffer.getByte(index + DataHeaderFlyweight.FLAGS_FIELD_OFFSET) != FrameDescriptor.UNFRAGMENTED) {
            return FrameDescriptor.FRAME_ALIGNMENT;
        }
        if (FrameCheck.isPadding(buffer, index)) {
            vote(paddings, segment, offset, index);
            return FrameDescriptor.FRAME_ALIGNMENT;
        }
        final int alignedLength = FrameCheck.alignedLength(buffer, index);
        if (frameLength == HEADER_LENGTH
                || frameLength > StreamDescriptor.MTU_BYTES
                || index + alignedLength > windowLength
                || !FrameCheck.isPayloadIntact(buffer, index, alignedLength)) {
            return FrameDescriptor.FRAME_ALIGNMENT;
        }
        vote(messages, segment, offset, index);
        return alignedLength;
    }

    private void vote(final LogShape.Votes votes, final SegmentFile segment, final int offset, final int index) {
        votes.add(
                segment.basePosition(),
                segmentLengthBytes,
                segment.basePosition() + offset,
                field(index + DataHeaderFlyweight.STREAM_ID_FIELD_OFFSET),
                field(index + DataHeaderFlyweight.TERM_ID_FIELD_OFFSET),
                field(index + DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET));
    }

    private int field(final int index) {
        return buffer.getInt(index, ByteOrder.LITTLE_ENDIAN);
    }

    private boolean isEmpty(final int index) {
        for (int i = index; i < index + HEADER_LENGTH; i += Long.BYTES) {
            if (buffer.getLong(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Makes the window hold the longest frame, or what there is of the file; false when there is not even a header. */
    private boolean load(final FileChannel channel, final int offset) throws IOException {
        if (offset >= windowOffset && offset + MAX_FRAME_BYTES <= windowOffset + windowLength) {
            return true;
        }
        bytes.clear();
        windowOffset = offset;
        while (bytes.hasRemaining() && channel.read(bytes, (long) offset + bytes.position()) > 0) {
            // Until the window is full or the file ends.
        }
        windowLength = bytes.position();
        return windowLength >= HEADER_LENGTH;
    }

    /**
     * What the files of a recording say.
     *
     * @param recording null when there is not enough to say what it is.
     * @param doubt for a person: how its frames contradict each other, or what is known of it; empty when they do not.
     */
    record Found(@Nullable RecordingDescriptor recording, String doubt) {}
}
