package io.tendon.sessionlog.recording;

import static io.aeron.protocol.DataHeaderFlyweight.HEADER_LENGTH;

import io.aeron.logbuffer.FrameDescriptor;
import io.tendon.schemas.MessageSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds frames of which only the header is damaged. All of a header but the length and the checksum follows from the
 * position, and the length from the message: when the checksum that stands there fits the bytes behind it, and they are one
 * whole message, nothing of it is lost. One owner thread.
 */
public final class FrameRestoring {
    private final Path archiveDir;
    private final MessageLength lengths;

    /**
     * Restores nothing yet.
     *
     * @param archiveDir that holds the recordings.
     * @param lengths of messages by their own account.
     */
    public FrameRestoring(final Path archiveDir, final MessageLength lengths) {
        this.archiveDir = archiveDir;
        this.lengths = lengths;
    }

    /**
     * Looks all over a damaged range: behind a message that is lost another may be whole.
     *
     * @param recording that is damaged.
     * @param fromPosition at which a frame should begin.
     * @param toPosition behind the range, at which a good frame begins or the recording ends.
     * @return the headers that belong there, by ascending position; none when all of it is lost.
     */
    public List<Restored> find(final RecordingDescriptor recording, final long fromPosition, final long toPosition) {
        final List<Restored> restored = new ArrayList<>();
        try (SegmentWindow window = new SegmentWindow(archiveDir, recording)) {
            long position = fromPosition;
            while (position < toPosition) {
                final long segmentEnd = recording.segmentBasePosition(position) + recording.segmentLengthBytes();
                if (!window.require(position, HEADER_LENGTH)) {
                    position = segmentEnd;
                } else {
                    final long limit = Math.min(toPosition, segmentEnd);
                    final Restored frame = frame(recording, window, position, limit);
                    if (frame == null) {
                        position += FrameDescriptor.FRAME_ALIGNMENT;
                    } else {
                        restored.add(frame);
                        position = frame.toPosition;
                    }
                }
            }
        }
        return restored;
    }

    /** The frame that stands at a position; null when there is none that is whole but for its header. */
    private @Nullable Restored frame(
            final RecordingDescriptor recording,
            final SegmentWindow window,
            final long position,
            final long limitPosition) {
        final long termEnd = (position | (recording.termLengthBytes() - 1)) + 1;
        final int room = (int) Math.min(
                Math.min(limitPosition, termEnd) - position,
                BitUtil.align(recording.mtuLengthBytes(), FrameDescriptor.FRAME_ALIGNMENT));
        // Of a file that is cut off, what there is.
        final int held = window.require(position, room) ? room : window.heldBytes(position);
        final UnsafeBuffer buffer = window.buffer();
        final int index = window.index(position);
        final int messageLength = held > HEADER_LENGTH
                ? lengths.of(buffer, index + HEADER_LENGTH, Math.min(room, held) - HEADER_LENGTH)
                : 0;
        final int alignedLength = BitUtil.align(HEADER_LENGTH + messageLength, FrameDescriptor.FRAME_ALIGNMENT);
        if (messageLength <= 0
                || alignedLength > Math.min(room, held)
                || !FrameCheck.isPayloadIntact(buffer, index, alignedLength)) {
            return null;
        }
        final byte[] header = new FrameCheck(recording)
                .dataHeader(position, HEADER_LENGTH + messageLength, FrameCheck.storedChecksum(buffer, index));
        final boolean hasStamp = MessageSchema.isMessage(buffer, index + HEADER_LENGTH, messageLength);
        return new Restored(
                position,
                position + alignedLength,
                header,
                hasStamp ? MessageSchema.captureTimeNs(buffer, index + HEADER_LENGTH) : Restored.UNKNOWN_TIME);
    }

    /** Length of a message by its own account. */
    @FunctionalInterface
    public interface MessageLength {
        /**
         * Reads it.
         *
         * @param buffer that holds the message.
         * @param offset at which its header begins.
         * @param limitBytes that there are at most.
         * @return length in bytes, header included; 0 when it is no message that is known, or longer than there are bytes.
         */
        int of(DirectBuffer buffer, int offset, int limitBytes);
    }

    /**
     * A frame that can be read again.
     *
     * @param fromPosition of it.
     * @param toPosition behind it.
     * @param header that belongs there.
     * @param captureTimeNs of its message, ns since the epoch; {@link #UNKNOWN_TIME} of one without a stamp.
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Restored(long fromPosition, long toPosition, byte[] header, long captureTimeNs) {
        /** Time that says that there is none. */
        public static final long UNKNOWN_TIME = Long.MIN_VALUE;

        /**
         * Whether its message can have been said there. What a writer's log had held at another place, with a right
         * checksum, is no message of this one.
         *
         * @param fromNs capture time of the message before, ns since the epoch; {@link #UNKNOWN_TIME} when it is not known.
         * @param toNs capture time of the message behind, ns since the epoch; {@link #UNKNOWN_TIME} when it is not known.
         * @return false when it was captured before or after that.
         */
        public boolean isBetween(final long fromNs, final long toNs) {
            return captureTimeNs == UNKNOWN_TIME
                    || (fromNs <= captureTimeNs && (toNs == UNKNOWN_TIME || captureTimeNs <= toNs));
        }
    }
}
