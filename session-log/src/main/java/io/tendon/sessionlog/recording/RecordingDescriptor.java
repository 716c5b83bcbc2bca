package io.tendon.sessionlog.recording;

import io.aeron.ChannelUri;
import io.aeron.CommonContext;
import io.aeron.archive.client.AeronArchive;
import java.nio.file.Path;
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
    RecordingDescriptor without(final List<PurgedSegment> segments) {
        final List<PurgedSegment> own = segments.stream()
                .filter(segment -> segment.recordingId() == recordingId)
                .sorted(Comparator.comparingLong(PurgedSegment::fromPosition))
                .toList();
        return own.isEmpty() ? this : with(recordingId, sessionId, startPosition, stopPosition, isSessionKnown, own);
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
        final String alias = ChannelUri.parse(channel).get(CommonContext.ALIAS_PARAM_NAME);
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
        return archiveDir.resolve(recordingId + "-" + basePosition + ".rec");
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
