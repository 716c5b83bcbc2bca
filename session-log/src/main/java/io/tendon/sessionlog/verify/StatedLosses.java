package io.tendon.sessionlog.verify;

import io.tendon.schemas.LossDecoder;
import io.tendon.schemas.LossReason;
import io.tendon.schemas.NodeId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The losses that the log itself states: offers that were refused to a writer, as the writer says, and messages that the
 * recorder did not see, as the recorder says. What other readers missed says nothing of the recording, and is kept apart.
 * One owner thread.
 */
final class StatedLosses {
    private final boolean isSessionKnown;
    private final SessionEvents events;
    private final Map<WriterLife, Ranges> writers = new HashMap<>();
    private final Map<WriterLife, Ranges> recorder = new HashMap<>();
    private final Map<NodeId, Map<WriterLife, Ranges>> readers = new EnumMap<>(NodeId.class);

    /**
     * Knows of none.
     *
     * @param isSessionKnown whether the recordings' session ids are those that losses are said with; they are not when
     *     the archive's catalog is gone, and lives of one stream are then not told apart.
     * @param events of the session, that may say why the recorder did not see something.
     */
    StatedLosses(final boolean isSessionKnown, final SessionEvents events) {
        this.isSessionKnown = isSessionKnown;
        this.events = events;
    }

    /**
     * Takes note of a loss.
     *
     * @param loss as it was said.
     */
    void onLoss(final LossDecoder loss) {
        final LossReason reason = loss.reason();
        final boolean isReaders = reason == LossReason.SEQUENCE_GAP || reason == LossReason.RECORDING_GAP;
        final NodeId source = loss.stamp().source();
        if (loss.lastSequence() < loss.firstSequence()) {
            return;
        }
        final WriterLife life = key(new WriterLife(loss.lossStreamId(), loss.lossSessionId()));
        if (isReaders && source != NodeId.PERSISTENCE) {
            readers.computeIfAbsent(source, key -> new HashMap<>())
                    .computeIfAbsent(life, key -> new Ranges())
                    .add(
                            loss.firstSequence(),
                            loss.lastSequence(),
                            new Cause("missed by a reader", loss.stamp().captureTimeNs(), false));
            return;
        }
        final String cause = isReaders
                ? "the recorder did not see them (" + reason + ")"
                : "refused to their writer (" + reason + ")";
        (isReaders ? recorder : writers)
                .computeIfAbsent(life, key -> new Ranges())
                .add(
                        loss.firstSequence(),
                        loss.lastSequence(),
                        new Cause(cause, loss.stamp().captureTimeNs(), !isReaders));
    }

    /** Whether lives are told apart, so that losses can be held against each life's recording. */
    boolean isSessionKnown() {
        return isSessionKnown;
    }

    /**
     * A cause in the words of the log.
     *
     * @param life of the writer.
     * @param cause why its messages are missing.
     * @param times between which they are.
     * @return what was said, and, when the recorder said why its recording had stopped, that as well.
     */
    String text(final WriterLife life, final Cause cause, final TimeSpan times) {
        final SessionEvents.Said failure = cause.isRefusal() ? null : events.recordingFailure(life.streamId(), times);
        return cause.text() + (failure == null ? "" : ": " + failure.text());
    }

    /** How many of these sequence numbers were refused to their writer, as it says. */
    long refused(final WriterLife life, final SequenceRange range) {
        return overlap(writers, life, range);
    }

    /** Readers, the recorder left out, that say they missed messages of a life. */
    List<NodeId> readers(final WriterLife life) {
        return readers.entrySet().stream()
                .filter(reader -> reader.getValue().containsKey(key(life)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How many of these sequence numbers a reader says it missed. */
    long missedBy(final NodeId reader, final WriterLife life, final SequenceRange range) {
        return overlap(readers.getOrDefault(reader, Map.of()), life, range);
    }

    private long overlap(final Map<WriterLife, Ranges> stated, final WriterLife life, final SequenceRange range) {
        return explain(stated, life, range).stream()
                .filter(piece -> piece.cause() != null)
                .mapToLong(piece -> piece.range().count())
                .sum();
    }

    /**
     * Explains missing sequence numbers.
     *
     * @param life of the writer.
     * @param missing sequence numbers.
     * @return all of them in order, in pieces with one cause each.
     */
    List<Piece> explain(final WriterLife life, final SequenceRange missing) {
        final List<Piece> pieces = new ArrayList<>();
        for (final Piece piece : explain(writers, life, missing)) {
            if (piece.cause() == null) {
                pieces.addAll(explain(recorder, life, piece.range()));
            } else {
                pieces.add(piece);
            }
        }
        return pieces;
    }

    private WriterLife key(final WriterLife life) {
        return isSessionKnown ? life : new WriterLife(life.streamId(), 0);
    }

    private List<Piece> explain(
            final Map<WriterLife, Ranges> stated, final WriterLife life, final SequenceRange missing) {
        final Ranges ranges = stated.get(key(life));
        return ranges == null ? List.of(new Piece(missing, null)) : ranges.explain(missing);
    }

    /**
     * Why messages are missing.
     *
     * @param text for a person.
     * @param saidNs when the log says so, ns since the epoch.
     * @param isRefusal whether they were refused to their writer.
     */
    record Cause(String text, long saidNs, boolean isRefusal) {}

    /**
     * Missing sequence numbers with one cause.
     *
     * @param range of them.
     * @param cause why; null when nobody says.
     */
    record Piece(SequenceRange range, @Nullable Cause cause) {}

    /** Ranges that do not overlap: of what is said twice the first counts. */
    private static final class Ranges {
        private final TreeMap<Long, Piece> byFirst = new TreeMap<>();

        void add(final long first, final long last, final Cause cause) {
            for (final Piece piece : explain(new SequenceRange(first, last))) {
                if (piece.cause() == null) {
                    put(piece.range(), cause);
                }
            }
        }

        List<Piece> explain(final SequenceRange missing) {
            final List<Piece> pieces = new ArrayList<>();
            final Long before = byFirst.floorKey(missing.first());
            long next = missing.first();
            for (final Piece stated : byFirst.tailMap(before == null ? missing.first() : before, true)
                    .values()) {
                final SequenceRange range = stated.range();
                if (range.first() > missing.last()) {
                    break;
                }
                if (range.last() < next) {
                    continue;
                }
                if (range.first() > next) {
                    pieces.add(new Piece(new SequenceRange(next, range.first() - 1), null));
                    next = range.first();
                }
                final long last = Math.min(range.last(), missing.last());
                pieces.add(new Piece(new SequenceRange(next, last), stated.cause()));
                next = last + 1;
            }
            if (next <= missing.last()) {
                pieces.add(new Piece(new SequenceRange(next, missing.last()), null));
            }
            return pieces;
        }

        private void put(final SequenceRange range, final Cause cause) {
            final Map.Entry<Long, Piece> before = byFirst.lowerEntry(range.first());
            final Piece piece = before == null ? null : before.getValue();
            if (piece != null
                    && piece.cause() != null
                    && piece.range().last() + 1 == range.first()
                    && piece.cause().text().equals(cause.text())) {
                byFirst.put(
                        piece.range().first(),
                        new Piece(new SequenceRange(piece.range().first(), range.last()), piece.cause()));
            } else {
                byFirst.put(range.first(), new Piece(range, cause));
            }
        }
    }
}
