package io.tendon.sessionlog.recording;

import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.agrona.BitUtil;

/** What the segment files of an archive say of its recordings, without its catalog. Stateless; any thread. */
public final class SegmentEvidence {
    private static final Pattern NAME = Pattern.compile("(\\d{1,18})-(\\d{1,18})\\.rec");
    private static final int MIN_LENGTH_BYTES = 64 * 1024;

    private SegmentEvidence() {}

    /**
     * How long a whole segment of the archive is: the length that most of its files have.
     *
     * @param archiveDir of the archive.
     * @param otherwise when there is no file whose length it can be, bytes.
     * @return a power of two.
     * @throws IOException when the disk refuses.
     */
    public static int segmentLengthBytes(final Path archiveDir, final int otherwise) throws IOException {
        final Map<Long, Integer> counts = new TreeMap<>();
        for (final SegmentFile segment : segments(archiveDir)) {
            final long length = Files.size(segment.file);
            if (length >= MIN_LENGTH_BYTES && length <= 1 << 30 && BitUtil.isPowerOfTwo(length)) {
                counts.merge(length, 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> (int) (long) most.getKey())
                .orElse(otherwise);
    }

    /**
     * Describes the recordings, each by its first segment of which anything can be read.
     *
     * @param archiveDir of the archive.
     * @param segmentLengthBytes of a whole segment.
     * @return by recording id; those of which nothing can be read are left out.
     * @throws IOException when the disk refuses.
     */
    public static Map<Long, RecordingDescriptor> recordings(final Path archiveDir, final int segmentLengthBytes)
            throws IOException {
        final Map<Long, RecordingDescriptor> recordings = new TreeMap<>();
        for (final SegmentFile segment : segments(archiveDir)) {
            if (!recordings.containsKey(segment.recordingId)) {
                final RecordingDescriptor recording = SegmentScan.describe(
                        segment.file, segment.recordingId, segment.basePosition, segmentLengthBytes);
                if (recording != null && recording.isSane()) {
                    recordings.put(segment.recordingId, recording);
                }
            }
        }
        return recordings;
    }

    /**
     * The session id of a recording as its padding has it; that of messages has made room for their checksum.
     *
     * @param archiveDir of the archive.
     * @param recording whose session id is not known.
     * @return none when its first two terms have no padding.
     */
    public static OptionalInt sessionId(final Path archiveDir, final RecordingDescriptor recording) {
        final FrameCheck check = new FrameCheck(recording);
        final long end = recording.startPosition() + 2L * recording.termLengthBytes();
        try (SegmentWindow window = new SegmentWindow(archiveDir, recording)) {
            long position = recording.startPosition();
            while (position < end && window.require(position, DataHeaderFlyweight.HEADER_LENGTH)) {
                final int index = window.index(position);
                final boolean isFrame = check.header(window.buffer(), index, position) == FrameFault.NONE;
                if (isFrame && FrameCheck.isPadding(window.buffer(), index)) {
                    return OptionalInt.of(FrameCheck.storedChecksum(window.buffer(), index));
                }
                position +=
                        isFrame ? FrameCheck.alignedLength(window.buffer(), index) : FrameDescriptor.FRAME_ALIGNMENT;
            }
        }
        return OptionalInt.empty();
    }

    /** All segment files, those of one recording by ascending position. */
    private static List<SegmentFile> segments(final Path archiveDir) throws IOException {
        try (Stream<Path> entries = Files.list(archiveDir)) {
            return entries.map(SegmentFile::of)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparingLong(SegmentFile::recordingId)
                            .thenComparingLong(SegmentFile::basePosition))
                    .toList();
        } catch (final NoSuchFileException e) {
            return List.of();
        }
    }

    private record SegmentFile(Path file, long recordingId, long basePosition) {
        static Optional<SegmentFile> of(final Path file) {
            final Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
            return name.matches()
                    ? Optional.of(new SegmentFile(file, Long.parseLong(name.group(1)), Long.parseLong(name.group(2))))
                    : Optional.empty();
        }
    }
}
