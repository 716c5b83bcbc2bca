package io.tendon.sessionlog.verify;

import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.recording.Damage;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says of the messages that are missing in one writer's life why: the log says so, the frames that held them are damaged,
 * the driver died, or nobody knows. One owner thread.
 */
final class LifeLosses {
    private final WriterLife life;
    private final StatedLosses stated;
    private final RepairedRanges repaired;
    private final Set<Long> recordings = new HashSet<>();
    private final long undecidedFromNs;
    private final FindingLog log;
    private final List<Damaged> damages = new ArrayList<>();
    private final List<Hole> holes = new ArrayList<>();
    private final List<PurgedSegment> purged = new ArrayList<>();
    private long explained;
    private long unexplained;
    private long end;

    /**
     * Of a life.
     *
     * @param life of the writer.
     * @param stated losses of the session.
     * @param repaired ranges of the session, which are told of by themselves.
     * @param undecidedFromNs from when on a loss may still be explained, ns since the epoch; {@link Long#MAX_VALUE} when
     *     the session is over.
     * @param log takes the findings.
     */
    LifeLosses(
            final WriterLife life,
            final StatedLosses stated,
            final RepairedRanges repaired,
            final long undecidedFromNs,
            final FindingLog log) {
        this.life = life;
        this.stated = stated;
        this.repaired = repaired;
        this.undecidedFromNs = undecidedFromNs;
        this.log = log;
    }

    /**
     * Frames are damaged; what they held shows behind them.
     *
     * @param damage what and where.
     * @param beforeNs capture time of the last good message before.
     */
    void onDamage(final Damage damage, final long beforeNs) {
        damages.add(new Damaged(damage, beforeNs));
    }

    /**
     * Segments of a recording of the life were deleted to make room.
     *
     * @param segments of the recording; to be said before it is read.
     */
    void purged(final List<PurgedSegment> segments) {
        purged.addAll(segments);
        purged.sort(Comparator.comparingLong(PurgedSegment::firstSequence));
    }

    /** A recording of the life; to be said before it is read. */
    void recording(final long recordingId) {
        recordings.add(recordingId);
    }

    /** Whether something of a range of sequence numbers was deleted to make room. */
    boolean isPurged(final SequenceRange range) {
        return PurgedSegment.covered(purged, range.first(), range.last()) > 0;
    }

    /**
     * Sequence numbers are missing between two messages.
     *
     * @param missing sequence numbers.
     * @param place between the messages.
     * @param times of the messages.
     */
    void gap(final SequenceRange missing, final Place place, final TimeSpan times) {
        final long deleted = PurgedSegment.covered(purged, missing.first(), missing.last());
        if (deleted == 0) {
            lost(missing, place, times);
            return;
        }
        log.add(new Finding(
                FindingKind.DELETED,
                place,
                times,
                missing,
                deleted + (deleted == 1 ? " message" : " messages") + " deleted to make room"));
        long next = missing.first();
        for (final PurgedSegment segment : purged) {
            if (segment.messages() > 0 && segment.lastSequence() >= next && segment.firstSequence() <= missing.last()) {
                if (segment.firstSequence() > next) {
                    lost(new SequenceRange(next, segment.firstSequence() - 1), place, times);
                }
                next = segment.lastSequence() + 1;
            }
        }
        if (next <= missing.last()) {
            lost(new SequenceRange(next, missing.last()), place, times);
        }
    }

    private void lost(final SequenceRange missing, final Place place, final TimeSpan times) {
        for (final StatedLosses.Piece piece : stated.explain(life, missing)) {
            final StatedLosses.Cause cause = piece.cause();
            holes.add(new Hole(piece.range(), cause != null && cause.isRefusal()));
            if (cause != null) {
                explain(
                        piece.range(),
                        place,
                        times,
                        stated.text(life, cause, times) + ", as was said at " + TimeSpan.instant(cause.saidNs()));
            } else {
                final List<SequenceRange> unnamed = repaired.without(recordings, piece.range());
                explained += piece.range().count()
                        - unnamed.stream().mapToLong(SequenceRange::count).sum();
                unnamed.forEach(range -> unstated(range, place, times));
            }
        }
    }

    private void unstated(final SequenceRange range, final Place place, final TimeSpan times) {
        if (!isDamaged(range, place)) {
            final boolean isUndecided = times.toNs() >= undecidedFromNs;
            unexplained += isUndecided ? 0 : range.count();
            log.add(new Finding(
                    isUndecided ? FindingKind.UNEXPLAINED_YET : FindingKind.UNEXPLAINED_LOSS,
                    place,
                    times,
                    range,
                    range.text() + " missing, and nothing in the session says why" + (isUndecided ? " yet" : "")));
        }
    }

    /**
     * A good message was passed: of the damaged frames before it all is known now.
     *
     * @param position of the message.
     * @param captureNs when it was captured.
     */
    void passed(final long position, final long captureNs) {
        if (!damages.isEmpty()) {
            damages.removeIf(damaged -> {
                final boolean isPassed = damaged.damage.toPosition() <= position;
                if (isPassed) {
                    report(damaged, captureNs);
                }
                return isPassed;
            });
        }
    }

    /**
     * The life is over.
     *
     * @param recording that was the last.
     * @param nextSequence behind the last recorded message.
     * @param endPosition behind the last recorded message.
     * @param lastNs capture time of the last recorded message.
     * @param usedUp sequence numbers that the recorder had counted up to.
     * @param replaced how the life ended when its driver died; null when it did not end so.
     */
    void end(
            final RecordingDescriptor recording,
            final long nextSequence,
            final long endPosition,
            final long lastNs,
            final long usedUp,
            final SessionEvents.@Nullable ReplacedLog replaced) {
        final TimeSpan times = new TimeSpan(lastNs, TimeSpan.UNKNOWN);
        long next = nextSequence;
        if (usedUp > next) {
            long toPosition = endPosition;
            for (final Damaged damaged : damages) {
                toPosition = Math.max(toPosition, damaged.damage.toPosition());
            }
            gap(new SequenceRange(next, usedUp - 1), Place.of(recording, endPosition, toPosition), times);
            next = usedUp;
        }
        end = replaced == null ? next : Math.max(next, replaced.usedUp());
        if (replaced != null && replaced.usedUp() > next) {
            final Place place = Place.of(recording, endPosition, Math.max(endPosition, replaced.endPosition()));
            for (final StatedLosses.Piece piece :
                    stated.explain(life, new SequenceRange(next, replaced.usedUp() - 1))) {
                final StatedLosses.Cause cause = piece.cause();
                holes.add(new Hole(piece.range(), cause != null && cause.isRefusal()));
                explain(
                        piece.range(),
                        place,
                        new TimeSpan(lastNs, replaced.saidNs()),
                        cause == null ? driverDied(replaced) : cause.text());
            }
        }
        damages.forEach(damaged -> report(damaged, TimeSpan.UNKNOWN));
        damages.clear();
    }

    /**
     * What was said to be lost, held against what is missing; once the life is over.
     *
     * @param stream name of the stream.
     * @param writer of the life.
     * @return the balance, empty when lives are not told apart.
     */
    LossBalance balance(final String stream, final NodeId writer) {
        final boolean isKnown = stated.isSessionKnown() && end > 0;
        final SequenceRange all = new SequenceRange(0, Math.max(0, end - 1));
        final List<LossBalance.ReaderShare> shares = new ArrayList<>();
        if (isKnown) {
            stated.readers(life).forEach(reader -> shares.add(share(reader, all)));
        }
        return new LossBalance(
                life.streamId(),
                stream,
                life.sessionId(),
                writer,
                isKnown ? stated.refused(life, all) : 0,
                isKnown ? count(holes, true) + count(holes, false) : 0,
                isKnown ? count(holes, true) : 0,
                shares);
    }

    /** What a reader missed behind the last recorded message is not recorded either. */
    private LossBalance.ReaderShare share(final NodeId reader, final SequenceRange all) {
        long refused = 0;
        long unrecorded = stated.missedBy(reader, life, new SequenceRange(end, Long.MAX_VALUE - 1));
        final long missed = stated.missedBy(reader, life, all) + unrecorded;
        for (final Hole hole : holes) {
            final long both = stated.missedBy(reader, life, hole.range());
            refused += hole.isRefused() ? both : 0;
            unrecorded += hole.isRefused() ? 0 : both;
        }
        return new LossBalance.ReaderShare(reader, missed, refused, unrecorded, missed - refused - unrecorded);
    }

    private static long count(final List<Hole> holes, final boolean isRefused) {
        return holes.stream()
                .filter(hole -> hole.isRefused() == isRefused)
                .mapToLong(hole -> hole.range().count())
                .sum();
    }

    /** Messages that the log says are missing. */
    long explained() {
        return explained;
    }

    /** Messages that are missing without a word, those in damaged frames among them. */
    long unexplained() {
        return unexplained;
    }

    /** Why what a driver took with it is missing. */
    static String driverDied(final SessionEvents.ReplacedLog replaced) {
        return "the media driver died with them in memory; "
                + replaced.node().name().toLowerCase(java.util.Locale.ROOT) + " went on in a new log at "
                + TimeSpan.instant(replaced.saidNs());
    }

    private void explain(final SequenceRange range, final Place place, final TimeSpan times, final String cause) {
        explained += range.count();
        log.add(new Finding(FindingKind.EXPLAINED_LOSS, place, times, range, range.text() + " missing: " + cause));
    }

    /** Whether missing messages stood in damaged frames; they are then told of with those. */
    private boolean isDamaged(final SequenceRange range, final Place place) {
        for (final Damaged damaged : damages) {
            if (damaged.damage.fromPosition() < place.toPosition()
                    && damaged.damage.toPosition() > place.fromPosition()) {
                damaged.add(range);
                unexplained += range.count();
                return true;
            }
        }
        return false;
    }

    /** A finding for each range of sequence numbers that is missing for it, as they need not go on from each other. */
    private void report(final Damaged damaged, final long behindNs) {
        if (damaged.missing.isEmpty()) {
            report(damaged, behindNs, null);
        }
        damaged.missing.forEach(range -> report(damaged, behindNs, range));
    }

    private void report(final Damaged damaged, final long behindNs, final @Nullable SequenceRange missing) {
        final Damage damage = damaged.damage;
        log.add(new Finding(
                FindingKind.DAMAGED_FRAME,
                Place.of(damage.recording(), damage.fromPosition(), damage.toPosition()),
                new TimeSpan(damaged.beforeNs, behindNs),
                missing,
                damage.fault().text()
                        + (missing == null
                                ? "; no message is known to be lost by it"
                                : ": " + missing.text() + " lost")));
    }

    /**
     * Sequence numbers that are not recorded.
     *
     * @param range of them.
     * @param isRefused whether their writer says that they were refused.
     */
    private record Hole(SequenceRange range, boolean isRefused) {}

    /** A damaged range and what is missing for it. */
    private static final class Damaged {
        private final Damage damage;
        private final long beforeNs;
        private final List<SequenceRange> missing = new ArrayList<>();

        Damaged(final Damage damage, final long beforeNs) {
            this.damage = damage;
            this.beforeNs = beforeNs;
        }

        /** What lies between two ranges is not missing for this. */
        void add(final SequenceRange range) {
            final SequenceRange last = missing.isEmpty() ? null : missing.get(missing.size() - 1);
            if (last != null && range.first() == last.last() + 1) {
                missing.set(missing.size() - 1, new SequenceRange(last.first(), range.last()));
            } else {
                missing.add(range);
            }
        }
    }
}
