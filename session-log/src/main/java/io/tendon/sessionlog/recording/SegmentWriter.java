package io.tendon.sessionlog.recording;

import static io.aeron.protocol.DataHeaderFlyweight.HEADER_LENGTH;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.agrona.CloseHelper;

/**
 * Replaces ranges of a recording's segments. Files that are cut off or gone come back with their length, without taking room
 * for it; none is made shorter. What is written is on the device when a method returns; writing it again changes nothing. One owner thread.
 *
 * @param archiveDir that holds the recording; nobody else has it open.
 * @param recording whose segments are changed.
 * @param steps is told of each change before it is made.
 */
public record SegmentWriter(Path archiveDir, RecordingDescriptor recording, DiskSteps steps) {
    /** A replay cannot repeat a longer padding than an eighth of a term. */
    private static final int PADDINGS_PER_TERM = 8;

    private static final int MAX_PADDING_BYTES = 8 << 20;
    private static final int CHUNK_BYTES = 1 << 16;

    /**
     * Makes a range padding, which holds no message.
     *
     * @param fromPosition at which a frame should begin.
     * @param toPosition at which another one begins, or the recording ends.
     * @throws IOException when the disk refuses.
     */
    public void pad(final long fromPosition, final long toPosition) throws IOException {
        final FrameCheck check = new FrameCheck(recording);
        final int longest = Math.min(MAX_PADDING_BYTES, recording.termLengthBytes() / PADDINGS_PER_TERM);
        long position = fromPosition;
        while (position < toPosition) {
            final long base = recording.segmentBasePosition(position);
            final long segmentEnd = Math.min(toPosition, base + recording.segmentLengthBytes());
            try (RandomAccessFile file = open(base)) {
                steps.before("clear " + position + " to " + segmentEnd);
                clear(file, position - base, segmentEnd - base);
                while (position < segmentEnd) {
                    final long termEnd = (position | (recording.termLengthBytes() - 1)) + 1;
                    final long end = Math.min(Math.min(termEnd, segmentEnd), position + longest);
                    steps.before("pad " + position + " to " + end);
                    file.seek(position - base);
                    file.write(check.paddingHeader(position, (int) (end - position)));
                    position = end;
                }
                file.getFD().sync();
            }
        }
    }

    /**
     * Writes a frame's header.
     *
     * @param position of the frame.
     * @param header of it.
     * @throws IOException when the disk refuses.
     */
    public void header(final long position, final byte[] header) throws IOException {
        if (header.length != HEADER_LENGTH) {
            throw new IllegalArgumentException("header of " + header.length + " bytes: must be " + HEADER_LENGTH);
        }
        final long base = recording.segmentBasePosition(position);
        try (RandomAccessFile file = open(base)) {
            steps.before("header at " + position);
            file.seek(position - base);
            file.write(header);
            file.getFD().sync();
        }
    }

    /**
     * Whether a segment that is there is shorter than a whole one; one that is longer is left as it is.
     *
     * @param basePosition of the segment.
     * @return whether it was cut off.
     * @throws IOException when the disk refuses.
     */
    public boolean isCut(final long basePosition) throws IOException {
        final Path file = recording.segmentFile(archiveDir, basePosition);
        return Files.isRegularFile(file) && Files.size(file) < recording.segmentLengthBytes();
    }

    /**
     * Gives a segment its length.
     *
     * @param basePosition of the segment.
     * @throws IOException when the disk refuses.
     */
    public void lengthen(final long basePosition) throws IOException {
        try (RandomAccessFile file = open(basePosition)) {
            file.getFD().sync();
        }
    }

    private RandomAccessFile open(final long basePosition) throws IOException {
        final Path path = recording.segmentFile(archiveDir, basePosition);
        final boolean isNew = !Files.exists(path);
        final RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            if (file.length() < recording.segmentLengthBytes()) {
                steps.before("length of " + path);
                file.setLength(recording.segmentLengthBytes());
            }
            if (isNew) {
                DurableFiles.forceDirectory(path);
            }
        } catch (final IOException e) {
            CloseHelper.quietClose(file);
            throw e;
        }
        return file;
    }

    /** Zeros a range, leaving holes of the file as they are. */
    private static void clear(final RandomAccessFile file, final long fromOffset, final long toOffset)
            throws IOException {
        final byte[] bytes = new byte[CHUNK_BYTES];
        final byte[] zeros = new byte[CHUNK_BYTES];
        long offset = fromOffset;
        while (offset < toOffset) {
            final int length = (int) Math.min(CHUNK_BYTES, toOffset - offset);
            file.seek(offset);
            file.readFully(bytes, 0, length);
            if (Arrays.mismatch(bytes, 0, length, zeros, 0, length) != -1) {
                file.seek(offset);
                file.write(zeros, 0, length);
            }
            offset += length;
        }
    }
}
