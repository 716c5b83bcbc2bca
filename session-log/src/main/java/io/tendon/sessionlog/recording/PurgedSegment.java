package io.tendon.sessionlog.recording;

import java.util.Collection;
import java.util.Comparator;

/**
 * A segment of a recording that was deleted to make room, and what it held. Immutable; any thread.
 *
 * @param recordingId of the archive.
 * @param fromPosition in the publication's log at which it began.
 * @param toPosition behind it.
 * @param messages that it held.
 * @param firstSequence of these.
 * @param lastSequence of these.
 * @param firstNs capture time of the first, ns since the epoch.
 * @param lastNs capture time of the last.
 */
public record PurgedSegment(
        long recordingId,
        long fromPosition,
        long toPosition,
        long messages,
        long firstSequence,
        long lastSequence,
        long firstNs,
        long lastNs) {

    /** A part of it, with the figures of the whole. */
    PurgedSegment part(final long partFromPosition, final long partToPosition) {
        return new PurgedSegment(
                recordingId, partFromPosition, partToPosition, messages, firstSequence, lastSequence, firstNs, lastNs);
    }

    /**
     * How many of a range of sequence numbers went with some segments, each counted once; overlapping recordings may have
     * held the same ones.
     *
     * @param segments of one writer's life, in any order.
     * @param first of the range.
     * @param last of the range.
     * @return how many, from 0.
     */
    public static long covered(final Collection<PurgedSegment> segments, final long first, final long last) {
        long count = 0;
        long next = first;
        for (final PurgedSegment segment : segments.stream()
                .filter(segment -> segment.messages > 0)
                .sorted(Comparator.comparingLong(PurgedSegment::firstSequence))
                .toList()) {
            final long from = Math.max(next, segment.firstSequence);
            final long to = Math.min(last, segment.lastSequence);
            if (from <= to) {
                count += to - from + 1;
                next = to + 1;
            }
        }
        return count;
    }
}
