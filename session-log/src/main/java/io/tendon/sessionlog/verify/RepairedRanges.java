package io.tendon.sessionlog.verify;

import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.manifest.UnrecordedTail;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RepairLedger;
import io.tendon.sessionlog.recording.RepairedRange;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What repairs of a session have named as lost, so that it is told as that and not as new damage. Immutable; any thread.
 *
 * @param directory of the repairs.
 * @param ranges in the order in which they were named.
 */
record RepairedRanges(Path directory, List<RepairedRange> ranges) {
    /** Of a session. */
    static RepairedRanges of(final SessionDirectory session) {
        return new RepairedRanges(
                session.repair(), RepairLedger.of(session.repair()).ranges());
    }

    /** None. */
    static RepairedRanges none() {
        return new RepairedRanges(Path.of(""), List.of());
    }

    /** Says what was lost where. */
    void note(final List<RecordingDescriptor> recordings, final FindingLog log) {
        for (final RepairedRange range : ranges) {
            if (range.kind() != RepairedRange.Kind.RESTORED && range.recordingId() != RepairedRange.UNKNOWN) {
                recordings.stream()
                        .filter(recording -> recording.recordingId() == range.recordingId())
                        .findFirst()
                        .ifPresent(recording -> log.add(finding(range, recording)));
            }
        }
    }

    /**
     * What of a range of sequence numbers was not named as lost.
     *
     * @param recordings of the writer's life, by id.
     * @param missing sequence numbers.
     * @return what is left, in order.
     */
    List<SequenceRange> without(final Set<Long> recordings, final SequenceRange missing) {
        List<SequenceRange> left = List.of(missing);
        for (final RepairedRange range : ranges) {
            if (recordings.contains(range.recordingId()) && range.messages() > 0) {
                left = without(left, range.firstSequence(), range.lastSequence());
            }
        }
        return left;
    }

    /** Whether a repair has named what was published behind the end of a stream's recordings. */
    boolean hasTail(final UnrecordedTail tail) {
        return ranges.stream()
                .anyMatch(range -> range.recordingId() == RepairedRange.UNKNOWN
                        && range.streamId() == tail.streamId()
                        && range.kind() == RepairedRange.Kind.MISSING);
    }

    private static List<SequenceRange> without(final List<SequenceRange> all, final long first, final long last) {
        final List<SequenceRange> left = new ArrayList<>();
        for (final SequenceRange range : all) {
            if (range.first() < first) {
                left.add(new SequenceRange(range.first(), Math.min(range.last(), first - 1)));
            }
            if (range.last() > last) {
                left.add(new SequenceRange(Math.max(range.first(), last + 1), range.last()));
            }
        }
        return left;
    }

    private Finding finding(final RepairedRange range, final RecordingDescriptor recording) {
        final SequenceRange missing =
                range.messages() == 0 ? null : new SequenceRange(range.firstSequence(), range.lastSequence());
        final String saved = range.detail().equals(RepairedRange.NO_DETAIL)
                ? ""
                : "; what stood there is in " + directory.resolve(range.detail());
        return new Finding(
                FindingKind.NAMED_LOSS,
                Place.of(recording, range.fromPosition(), range.toPosition()),
                new TimeSpan(range.fromNs(), range.toNs()),
                missing,
                "repaired " + Instant.ofEpochMilli(range.repairedMs()) + " (" + range.reason() + "): "
                        + (missing == null ? "no message is known to be lost" : missing.text() + " lost") + saved);
    }
}
