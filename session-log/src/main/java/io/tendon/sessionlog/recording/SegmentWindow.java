package io.tendon.sessionlog.recording;

import io.aeron.protocol.DataHeaderFlyweight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A window on the segment files of one recording, moved along by reads. Files are read and not mapped: a file that is
 * cut off or deleted meanwhile is then a short read and not the end of the process. One owner thread.
 */
final class SegmentWindow implements AutoCloseable {
    /** Holds the longest data frame (64 KiB) twice. */
    static final int LENGTH_BYTES = 128 * 1024;

    private final Path archiveDir;
    private final RecordingDescriptor recording;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    // Made with the first read: of the many recordings of a long session most are at their end when they are opened.
    private @Nullable ByteBuffer window;
    private @Nullable FileChannel channel;
    private long channelBasePosition = -1;
    private long windowPosition;
    private int windowLength;

    SegmentWindow(final Path archiveDir, final RecordingDescriptor recording) {
        this.archiveDir = archiveDir;
        this.recording = recording;
    }

    Path archiveDir() {
        return archiveDir;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Index in the buffer of a position that {@link #holds}. */
    int index(final long position) {
        return (int) (position - windowPosition);
    }

    boolean holds(final long position, final int lengthBytes) {
        return position >= windowPosition && position + lengthBytes <= windowPosition + windowLength;
    }

    /** How many bytes it holds from a position on that it {@link #holds}. */
    int heldBytes(final long position) {
        return (int) (windowPosition + windowLength - position);
    }

    /**
     * Makes the window hold a range, reading if it does not.
     *
     * @return false when the file is missing or ends before.
     */
    boolean require(final long position, final int lengthBytes) {
        return holds(position, lengthBytes) || (load(position) && holds(position, lengthBytes));
    }

    /**
     * Reads afresh from a position on, up to the window's length or the end of the segment.
     *
     * @param position in the recording.
     * @return false when the file is missing or holds less than a frame header there.
     */
    boolean load(final long position) {
        windowPosition = position;
        windowLength = 0;
        final long basePosition = recording.segmentBasePosition(position);
        final FileChannel segment = segment(basePosition);
        if (segment == null) {
            return false;
        }
        final long fileOffset = position - basePosition;
        final ByteBuffer bytes = bytes();
        bytes.clear().limit((int) Math.min(LENGTH_BYTES, recording.segmentLengthBytes() - fileOffset));
        try {
            while (bytes.hasRemaining()) {
                final int read = segment.read(bytes, fileOffset + bytes.position());
                if (read < 0) {
                    break;
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(segmentFile(basePosition) + ": " + e.getMessage(), e);
        }
        windowLength = bytes.position();
        return windowLength >= DataHeaderFlyweight.HEADER_LENGTH;
    }

    private ByteBuffer bytes() {
        if (window == null) {
            window = ByteBuffer.allocateDirect(LENGTH_BYTES);
            buffer.wrap(window);
        }
        return window;
    }

    /**
     * Looks for a later segment file.
     *
     * @param basePosition of a segment.
     * @return base of the nearest later segment that has a file, -1 when there is none.
     */
    long nextSegment(final long basePosition) {
        return SegmentFile.basePositions(archiveDir, recording.recordingId()).stream()
                .filter(base -> base > basePosition)
                .findFirst()
                .orElse(-1L);
    }

    /**
     * Looks for the last segment file.
     *
     * @param archiveDir that holds the recording.
     * @param recording of the segment.
     * @param absent what to return when there is no file at or behind it.
     * @return base of the last segment that has a file.
     */
    static long lastSegment(final Path archiveDir, final RecordingDescriptor recording, final long absent) {
        return SegmentFile.basePositions(archiveDir, recording.recordingId()).stream()
                .reduce(absent, Math::max);
    }

    boolean hasSegment(final long basePosition) {
        return Files.isRegularFile(segmentFile(basePosition));
    }

    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                channel = null;
            }
        }
    }

    private @Nullable FileChannel segment(final long basePosition) {
        if (channel == null || basePosition != channelBasePosition) {
            close();
            try {
                channel = FileChannel.open(segmentFile(basePosition), StandardOpenOption.READ);
                channelBasePosition = basePosition;
            } catch (final NoSuchFileException e) {
                return null;
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return channel;
    }

    private Path segmentFile(final long basePosition) {
        return recording.segmentFile(archiveDir, basePosition);
    }
}
