package io.tendon.sessionlog.recording;

import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.agrona.BitUtil;

/**
 * What the segment files of an archive say of its recordings, without its catalog. Immutable; any thread.
 *
 * @param recordings by id; those of which nothing can be read are left out.
 * @param doubts by id of recordings whose frames contradict each other, or what is known of them: how, for a person.
 */
public record SegmentEvidence(Map<Long, RecordingDescriptor> recordings, Map<Long, String> doubts) {
    private static final int MIN_LENGTH_BYTES = 64 * 1024;
    private static final int MAX_LENGTH_BYTES = 1 << 30;

    /** Copies the maps. */
    public SegmentEvidence {
        recordings = Map.copyOf(recordings);
        doubts = Map.copyOf(doubts);
    }

    /**
     * How long a whole segment of the archive is: the greatest power of two that a file of it has as its length, since a
     * file that is cut off is shorter, and none is longer.
     *
     * @param archiveDir of the archive.
     * @param otherwise when there is no file whose length it can be, bytes.
     * @return a power of two.
     * @throws IOException when the disk refuses.
     */
    public static int segmentLengthBytes(final Path archiveDir, final int otherwise) throws IOException {
        long greatest = 0;
        for (final SegmentFile segment : SegmentFile.all(archiveDir)) {
            final long length = Files.size(segment.file());
            if (length >= MIN_LENGTH_BYTES && length <= MAX_LENGTH_BYTES && BitUtil.isPowerOfTwo(length)) {
                greatest = Math.max(greatest, length);
            }
        }
        return greatest == 0 ? otherwise : (int) greatest;
    }

    /**
     * Describes recordings, each by as many of its segments as it takes.
     *
     * @param archiveDir of the archive.
     * @param segmentLengthBytes of a whole segment.
     * @param isWanted of which recordings, by id.
     * @param knownStreams stream of a recording as it is known from elsewhere, by id.
     * @return what there is to say.
     * @throws IOException when the disk refuses.
     */
    public static SegmentEvidence of(
            final Path archiveDir,
            final int segmentLengthBytes,
            final LongPredicate isWanted,
            final LongFunction<OptionalInt> knownStreams)
            throws IOException {
        final Map<Long, List<SegmentFile>> segments = SegmentFile.all(archiveDir).stream()
                .filter(segment -> isWanted.test(segment.recordingId()))
                .collect(Collectors.groupingBy(SegmentFile::recordingId, TreeMap::new, Collectors.toList()));
        final Map<Long, RecordingDescriptor> recordings = new TreeMap<>();
        final Map<Long, String> doubts = new TreeMap<>();
        for (final Map.Entry<Long, List<SegmentFile>> entry : segments.entrySet()) {
            final SegmentScan scan = new SegmentScan(entry.getKey(), segmentLengthBytes);
            for (final SegmentFile segment : entry.getValue()) {
                if (!scan.isDecided()) {
                    scan.read(segment);
                }
            }
            final SegmentScan.Found found = scan.conclude(knownStreams.apply(entry.getKey()));
            if (found.recording() != null) {
                recordings.put(entry.getKey(), found.recording());
            } else if (!found.doubt().isEmpty()) {
                doubts.put(entry.getKey(), found.doubt());
            }
        }
        return new SegmentEvidence(recordings, doubts);
    }

    /**
     * The session id of a recording as its padding has it; that of messages has made room for their checksum.
     *
     * @param archiveDir of the archive.
     * @param recording whose session id is not known.
     * @return none when its first two terms have no padding but that of a repair which did not know it either.
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
                    final int sessionId = FrameCheck.storedChecksum(window.buffer(), index);
                    // A repair that did not know it either has written what stands for it.
                    if (sessionId != recording.initialTermId()) {
                        return OptionalInt.of(sessionId);
                    }
                }
                position +=
                        isFrame ? FrameCheck.alignedLength(window.buffer(), index) : FrameDescriptor.FRAME_ALIGNMENT;
            }
        }
        return OptionalInt.empty();
    }
}
