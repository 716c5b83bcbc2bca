package io.tendon.sessionlog.recording;

import io.aeron.ChannelUri;
import io.aeron.CommonContext;
import io.aeron.archive.client.AeronArchive;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.agrona.BitUtil;

/**
 * What the archive's catalog says of one recording: one unbroken piece of one publication's log.
 *
 * @param recordingId of the archive, from 0.
 * @param streamId that was recorded.
 * @param sessionId of the publication, which stands for one life of one writer.
 * @param startPosition of the first recorded byte in the publication's log.
 * @param stopPosition behind the last recorded byte; {@link AeronArchive#NULL_POSITION} (-1) while it grows, or when
 *     the recorder died.
 * @param startTimeMs when it was begun, ms since the epoch.
 * @param stopTimeMs when it was stopped, ms since the epoch; -1 when it was not.
 * @param initialTermId of the publication's log.
 * @param segmentLengthBytes of one file.
 * @param termLengthBytes of the publication's log; a power of two.
 * @param mtuLengthBytes longest data frame.
 * @param channel with which it was asked for.
 * @param isSessionKnown whether {@code sessionId} is Aeron's; else the initial term id stands for it, which is random in
 *     each life of a writer as well.
 * @param purged segments of it that were deleted to make room, by ascending position.
 */
public record RecordingDescriptor(
        long recordingId,
        int streamId,
        int sessionId,
        long startPosition,
        long stopPosition,
        long startTimeMs,
        long stopTimeMs,
        int initialTermId,
        int segmentLengthBytes,
        int termLengthBytes,
        int mtuLengthBytes,
        String channel,
        boolean isSessionKnown,
        List<PurgedSegment> purged) {

    /** What the alias of a recorder's channel begins with; the stream's name follows. */
    public static final String ALIAS_PREFIX = "rec.";

    /** Copies the list. */
    public RecordingDescriptor {
        purged = List.copyOf(purged);
    }

    /** The same with the segments that were deleted, of those that are given. */
    public RecordingDescriptor without(final List<PurgedSegment> segments) {
        final List<PurgedSegment> own = segments.stream()
                .filter(segment -> segment.recordingId() == recordingId)
                .sorted(Comparator.comparingLong(PurgedSegment::fromPosition))
                .toList();
        return own.isEmpty() ? this : withPurged(own);
    }

    /** The same with other segments that were deleted. */
    RecordingDescriptor withPurged(final List<PurgedSegment> own) {
        return with(recordingId, sessionId, startPosition, stopPosition, isSessionKnown, own);
    }

    /**
     * The first position at or behind another one that was not deleted.
     *
     * @param position in this recording.
     * @return the same, or the end of the deleted segments that hold it.
     */
    public long behindPurged(final long position) {
        long behind = position;
        for (final PurgedSegment segment : purged) {
            if (segment.fromPosition() <= behind && behind < segment.toPosition()) {
                behind = segment.toPosition();
            }
        }
        return behind;
    }

    /**
     * What of a deleted segment no other recording of the same writer's life holds.
     *
     * @param segment of this recording.
     * @param all recordings of the archive.
     * @return parts of it, by ascending position, each with the figures of the whole; empty when others hold all of it.
     */
    public List<PurgedSegment> lost(final PurgedSegment segment, final Collection<RecordingDescriptor> all) {
        final List<RecordingDescriptor> others = all.stream()
                .filter(other -> other.recordingId() != recordingId && other.publicationKey() == publicationKey())
                .toList();
        final List<PurgedSegment> lost = new ArrayList<>();
        long position = segment.fromPosition();
        while (position < segment.toPosition()) {
            final long behindHeld = behindHeld(position, others);
            if (behindHeld == position) {
                final long next = Math.min(segment.toPosition(), nextHeld(position, others));
                lost.add(segment.part(position, next));
                position = next;
            } else {
                position = behindHeld;
            }
        }
        return lost;
    }

    /** The end of what recordings hold from a position on; that position when none holds it. */
    private static long behindHeld(final long position, final List<RecordingDescriptor> recordings) {
        long behind = position;
        for (final RecordingDescriptor recording : recordings) {
            if (recording.startPosition() <= position
                    && position < recording.endPosition()
                    && recording.behindPurged(position) == position) {
                behind = Math.max(behind, Math.min(recording.endPosition(), recording.nextPurged(position)));
            }
        }
        return behind;
    }

    /** The first position behind another one that a recording holds; the largest when there is none. */
    private static long nextHeld(final long position, final List<RecordingDescriptor> recordings) {
        long next = Long.MAX_VALUE;
        for (final RecordingDescriptor recording : recordings) {
            final long held = recording.behindPurged(Math.max(position, recording.startPosition()));
            if (held > position && held < recording.endPosition()) {
                next = Math.min(next, held);
            }
        }
        return next;
    }

    /** Where the next deleted segment begins behind a position; the largest when there is none. */
    long nextPurged(final long position) {
        return purged.stream()
                .mapToLong(PurgedSegment::fromPosition)
                .filter(from -> from > position)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private long endPosition() {
        return isOpen() ? Long.MAX_VALUE : stopPosition;
    }

    /** Whether its end is not known from the catalog: it is being written, or the recorder died. */
    public boolean isOpen() {
        return stopPosition == AeronArchive.NULL_POSITION;
    }

    /**
     * This recording with a known end.
     *
     * @param position behind its last byte.
     * @return a recording that is not open.
     */
    public RecordingDescriptor endedAt(final long position) {
        return with(recordingId, sessionId, startPosition, position, isSessionKnown, purged);
    }

    /**
     * A part of this recording in which nothing was deleted, as a recording by itself.
     *
     * @param id of the part.
     * @param fromPosition at which it begins: this recording's start or that of a segment.
     * @param toPosition behind it.
     * @return a recording that is not open.
     */
    public RecordingDescriptor part(final long id, final long fromPosition, final long toPosition) {
        return with(id, sessionId, fromPosition, toPosition, isSessionKnown, List.of());
    }

    /** Name of the stream as it was recorded: the alias of the recorder's channel, else made from the stream id. */
    public String streamName() {
        final String alias;
        try {
            alias = ChannelUri.parse(channel).get(CommonContext.ALIAS_PARAM_NAME);
        } catch (final IllegalArgumentException | IllegalStateException e) {
            // A catalog that is damaged there.
            final StreamDescriptor stream = StreamCatalog.byId(streamId);
            return stream == null ? "stream-" + streamId : stream.name();
        }
        if (alias == null) {
            return "stream-" + streamId;
        }
        return alias.startsWith(ALIAS_PREFIX) ? alias.substring(ALIAS_PREFIX.length()) : alias;
    }

    /**
     * First position of the segment file that holds a position.
     *
     * @param position in this recording.
     * @return a multiple of the segment's length, counted from the term in which the recording begins.
     */
    public long segmentBasePosition(final long position) {
        return AeronArchive.segmentFileBasePosition(startPosition, position, termLengthBytes, segmentLengthBytes);
    }

    /**
     * File of the segment with the given base.
     *
     * @param archiveDir that holds the recording.
     * @param basePosition as {@link #segmentBasePosition} gives it.
     * @return path, whether or not the file exists.
     */
    public Path segmentFile(final Path archiveDir, final long basePosition) {
        return SegmentFile.of(archiveDir, recordingId, basePosition).file();
    }

    /** The same with Aeron's session id, known from elsewhere. */
    public RecordingDescriptor withSession(final int knownSessionId) {
        return with(recordingId, knownSessionId, startPosition, stopPosition, true, purged);
    }

    /** Whether the numbers can be those of a recording; a descriptor that is just being written may not be. */
    boolean isSane() {
        return recordingId >= 0
                && startPosition >= 0
                && BitUtil.isPowerOfTwo(termLengthBytes)
                && BitUtil.isPowerOfTwo(segmentLengthBytes)
                && segmentLengthBytes >= termLengthBytes
                && mtuLengthBytes > 0
                && (isOpen() || stopPosition >= startPosition);
    }

    /** Stream and session as one number: the same for all recordings of one writer's life. */
    public long publicationKey() {
        return ((long) streamId << 32) | (sessionId & 0xFFFF_FFFFL);
    }

    /** The same but for what may differ between two ways to look at it. */
    private RecordingDescriptor with(
            final long id,
            final int ofSessionId,
            final long fromPosition,
            final long toPosition,
            final boolean isOfKnownSession,
            final List<PurgedSegment> segments) {
        return new RecordingDescriptor(
                id,
                streamId,
                ofSessionId,
                fromPosition,
                toPosition,
                startTimeMs,
                stopTimeMs,
                initialTermId,
                segmentLengthBytes,
                termLengthBytes,
                mtuLengthBytes,
                channel,
                isOfKnownSession,
                segments);
    }
}
