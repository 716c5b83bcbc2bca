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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Learns from the first segment file of a recording what the archive's catalog would have said of it.
 *
 * <pre>
 *   recording id, base position   name of the file, ID-POSITION.rec; a segment begins where a term does
 *   segment length                length of the file
 *   start position                the first frame that is written; nothing stands before it
 *   stream id, initial term id    header of that frame
 *   term length                   where the term offset begins at 0 again; of a recording that ends before, the
 *                                 stream's own in the catalog of streams, else the least that holds it
 *   session id                    not to be had: the CRC stands in its place. The initial term id, which is random in
 *                                 each life of a writer, stands for it
 *   stop position, times          not to be had; a reader finds the end by itself
 * </pre>
 *
 * One owner thread.
 */
final class SegmentScan {
    private static final int TERM_MIN_LENGTH = 64 * 1024;
    private static final long UNKNOWN_TIME = -1;

    private final Path file;
    private final long recordingId;
    private final long basePosition;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 20);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private long windowOffset;
    private int windowLength;

    private SegmentScan(final Path file, final long recordingId, final long basePosition) {
        this.file = file;
        this.recordingId = recordingId;
        this.basePosition = basePosition;
    }

    /**
     * Looks into a recording.
     *
     * @param file first segment.
     * @param recordingId from its name.
     * @param basePosition from its name.
     * @return what is known of the recording; null when nothing is written in the file.
     * @throws IOException when it cannot be read.
     */
    static @Nullable RecordingDescriptor describe(final Path file, final long recordingId, final long basePosition)
            throws IOException {
        return describe(file, recordingId, basePosition, (int) Math.min(1 << 30, Files.size(file)));
    }

    /**
     * Looks into a recording whose file may have been cut off.
     *
     * @param file first segment.
     * @param recordingId from its name.
     * @param basePosition from its name.
     * @param segmentLengthBytes of a file that is whole.
     * @return what is known of the recording; null when nothing is written in the file.
     * @throws IOException when it cannot be read.
     */
    static @Nullable RecordingDescriptor describe(
            final Path file, final long recordingId, final long basePosition, final int segmentLengthBytes)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new SegmentScan(file, recordingId, basePosition).describe(channel, segmentLengthBytes);
        }
    }

    private @Nullable RecordingDescriptor describe(final FileChannel channel, final int segmentLength)
            throws IOException {
        final int firstOffset = firstFrame(channel, segmentLength);
        if (firstOffset == -1 || !BitUtil.isPowerOfTwo(segmentLength)) {
            return null;
        }
        final int termId = field(channel, firstOffset, DataHeaderFlyweight.TERM_ID_FIELD_OFFSET);
        final int streamId = field(channel, firstOffset, DataHeaderFlyweight.STREAM_ID_FIELD_OFFSET);
        final StreamDescriptor stream = StreamCatalog.byId(streamId);
        final int termLength = termLength(channel, firstOffset, segmentLength, stream);
        return new RecordingDescriptor(
                recordingId,
                streamId,
                termId - (int) (basePosition / termLength),
                basePosition + firstOffset,
                AeronArchive.NULL_POSITION,
                UNKNOWN_TIME,
                UNKNOWN_TIME,
                termId - (int) (basePosition / termLength),
                segmentLength,
                termLength,
                StreamDescriptor.MTU_BYTES,
                "aeron:ipc" + (stream == null ? "" : "?alias=" + RecordingDescriptor.ALIAS_PREFIX + stream.name()),
                false,
                List.of());
    }

    /** Offset of the first frame in the file; the first term is empty up to where the recording begins. */
    private int firstFrame(final FileChannel channel, final int segmentLength) throws IOException {
        for (int offset = 0; offset <= segmentLength - HEADER_LENGTH; offset += FrameDescriptor.FRAME_ALIGNMENT) {
            if (!load(channel, offset)) {
                return -1;
            }
            if (field(channel, offset, DataHeaderFlyweight.FRAME_LENGTH_FIELD_OFFSET) > 0
                    && field(channel, offset, DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET) == offset) {
                return offset;
            }
        }
        return -1;
    }

    private int termLength(
            final FileChannel channel,
            final int firstOffset,
            final int segmentLength,
            final @Nullable StreamDescriptor stream)
            throws IOException {
        int offset = firstOffset;
        while (offset <= segmentLength - HEADER_LENGTH && load(channel, offset)) {
            final int frameLength = field(channel, offset, DataHeaderFlyweight.FRAME_LENGTH_FIELD_OFFSET);
            final int termOffset = field(channel, offset, DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET);
            if (frameLength < HEADER_LENGTH) {
                break;
            }
            if (termOffset == 0 && offset > 0 && BitUtil.isPowerOfTwo(offset)) {
                return offset;
            }
            if (termOffset != offset) {
                break;
            }
            offset += BitUtil.align(frameLength, FrameDescriptor.FRAME_ALIGNMENT);
        }
        if (stream != null && stream.termLengthBytes() >= offset && stream.termLengthBytes() <= segmentLength) {
            return stream.termLengthBytes();
        }
        return Math.min(segmentLength, Math.max(TERM_MIN_LENGTH, BitUtil.findNextPositivePowerOfTwo(offset)));
    }

    private int field(final FileChannel channel, final int frameOffset, final int fieldOffset) throws IOException {
        if (!load(channel, frameOffset)) {
            throw new IOException(file + ": ends at " + windowLength);
        }
        return buffer.getInt((int) (frameOffset - windowOffset) + fieldOffset, ByteOrder.LITTLE_ENDIAN);
    }

    /** Makes the window hold a frame's header; false when the file ends before. */
    private boolean load(final FileChannel channel, final int frameOffset) throws IOException {
        if (frameOffset >= windowOffset && frameOffset + HEADER_LENGTH <= windowOffset + windowLength) {
            return true;
        }
        bytes.clear();
        windowOffset = frameOffset;
        while (bytes.hasRemaining() && channel.read(bytes, frameOffset + bytes.position()) > 0) {
            // Until the window is full or the file ends.
        }
        windowLength = bytes.position();
        return windowLength >= HEADER_LENGTH;
    }
}
