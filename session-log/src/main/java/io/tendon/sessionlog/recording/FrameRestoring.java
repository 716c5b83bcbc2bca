package io.tendon.sessionlog.recording;

import static io.aeron.protocol.DataHeaderFlyweight.HEADER_LENGTH;

import io.aeron.logbuffer.FrameDescriptor;
import java.nio.file.Path;
import java.util.Optional;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

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
     * Looks at the beginning of a damaged range.
     *
     * @param recording that is damaged.
     * @param fromPosition at which a frame should begin.
     * @param toPosition behind the range, at which a good frame begins or the recording ends.
     * @return the header that belongs there; none when the message is lost.
     */
    public Optional<Restored> find(
            final RecordingDescriptor recording, final long fromPosition, final long toPosition) {
        try (SegmentWindow window = new SegmentWindow(archiveDir, recording)) {
            if (!window.load(fromPosition)) {
                return Optional.empty();
            }
            final UnsafeBuffer buffer = window.buffer();
            final int index = window.index(fromPosition);
            final long room = Math.min(
                    Math.min(
                            toPosition - fromPosition,
                            SegmentWindow.LENGTH_BYTES - (long) FrameDescriptor.FRAME_ALIGNMENT),
                    recording.termLengthBytes() - (fromPosition & (recording.termLengthBytes() - 1)));
            final int stated = BitUtil.align(
                    Math.max(0, Math.min(FrameCheck.frameLength(buffer, index), recording.mtuLengthBytes())),
                    FrameDescriptor.FRAME_ALIGNMENT);
            for (final long alignedLength : new long[] {stated, room}) {
                if (alignedLength > HEADER_LENGTH
                        && alignedLength <= room
                        && alignedLength <= BitUtil.align(recording.mtuLengthBytes(), FrameDescriptor.FRAME_ALIGNMENT)
                        && window.holds(fromPosition, (int) alignedLength)) {
                    final Optional<Restored> restored =
                            restored(recording, fromPosition, buffer, index, (int) alignedLength);
                    if (restored.isPresent()) {
                        return restored;
                    }
                }
            }
            return Optional.empty();
        }
    }

    private Optional<Restored> restored(
            final RecordingDescriptor recording,
            final long position,
            final UnsafeBuffer buffer,
            final int index,
            final int alignedLength) {
        final FrameCheck check = new FrameCheck(recording);
        final int messageLength = lengths.of(buffer, index + HEADER_LENGTH, alignedLength - HEADER_LENGTH);
        final int frameLength = HEADER_LENGTH + messageLength;
        if (messageLength <= 0 || BitUtil.align(frameLength, FrameDescriptor.FRAME_ALIGNMENT) != alignedLength) {
            return Optional.empty();
        }
        final byte[] header = check.dataHeader(position, frameLength, FrameCheck.storedChecksum(buffer, index));
        final boolean isIntact = check.isPayloadIntact(buffer, index, alignedLength);
        return isIntact ? Optional.of(new Restored(position, position + alignedLength, header)) : Optional.empty();
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
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Restored(long fromPosition, long toPosition, byte[] header) {}
}
