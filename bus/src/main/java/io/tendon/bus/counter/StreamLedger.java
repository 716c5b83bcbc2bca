package io.tendon.bus.counter;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.schemas.NodeId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The losses of one stream as both ends counted them, held against each other. Each message that a writer commits and each
 * offer that is refused to it uses up a sequence number; a reader counts numbers that it got, that it missed, and that were
 * used up before it joined. So of each reader:
 *
 * <pre>
 *   received - repeated        &lt;=  sent            nobody gets what was not sent
 *   gaps - left behind         &lt;=  refused         what a reader misses in a log that it reads on was refused
 *   received - repeated + gaps + before joining  &lt;=  sent + refused    the difference is not read yet
 * </pre>
 *
 * <p>Where nobody was left behind and all is read, a reader's gaps equal the refusals. A writer counts once a cycle, so that a
 * message may have been read before it is counted, and is not counted at all when the process is killed in between: one
 * a writer, and one a death, is allowed for. A reader that was started again is not judged.
 * Immutable; any thread.
 *
 * @param stream which.
 * @param writers that have opened it, each with all its lives.
 * @param readers that have opened it.
 */
public record StreamLedger(StreamDescriptor stream, List<Writer> writers, List<Reader> readers) {
    /** Refusals by reason, in the order in which they are shown. */
    public static final List<BusCounter> REASONS = List.of(
            BusCounter.REFUSED_BACK_PRESSURED,
            BusCounter.REFUSED_NOT_CONNECTED,
            BusCounter.REFUSED_ADMIN_ACTION,
            BusCounter.REFUSED_CLOSED,
            BusCounter.REFUSED_MAX_POSITION);

    private static final List<NodeId> NODES =
            List.of(NodeId.DRIVER, NodeId.CONTROL, NodeId.FUSION, NodeId.PERSISTENCE, NodeId.OPERATOR);
    private static final int READS = 3;
    private static final String PREFIX = "REFUSED_";

    /**
     * A node that writes.
     *
     * @param node which.
     * @param lives of it in this session.
     * @param sent messages committed.
     * @param refused offers refused.
     * @param refusedBy these by reason, all of {@link #REASONS}.
     */
    public record Writer(NodeId node, long lives, long sent, long refused, Map<BusCounter, Long> refusedBy) {
        /** Copies the map. */
        public Writer {
            refusedBy = Map.copyOf(refusedBy);
        }
    }

    /**
     * A node that reads.
     *
     * @param node which.
     * @param lives of it in this session.
     * @param received messages.
     * @param repeated of these, those that it had got before.
     * @param gaps sequence numbers missing.
     * @param leftBehind of these, those in stretches of log that it did not read.
     * @param beforeJoining sequence numbers used up before it first heard their writers.
     */
    public record Reader(
            NodeId node, long lives, long received, long repeated, long gaps, long leftBehind, long beforeJoining) {
        /**
         * Whether its counts can be held against the writers'. A node that was started again may read once more what its
         * earlier life had read; the recorder goes on where its recordings end.
         */
        public boolean isComparable() {
            return lives <= 1 || node == NodeId.PERSISTENCE;
        }

        /** Sequence numbers that it has passed. */
        public long passed() {
            return received - repeated + gaps + beforeJoining;
        }

        /** Sequence numbers that it missed although it read on: refused, if all is well. */
        public long missedInPlace() {
            return gaps - leftBehind;
        }

        /** Name as it is shown; persistence reads what it has recorded. */
        public String name() {
            return NodeNames.of(node);
        }
    }

    /** Copies the lists. */
    public StreamLedger {
        writers = List.copyOf(writers);
        readers = List.copyOf(readers);
    }

    /**
     * Reads the counters. Nobody waits while they are read, so what does not agree is read again, a bounded number of times.
     *
     * @param view of the session.
     * @param stream whose.
     * @return as of now.
     */
    public static StreamLedger read(final CounterView view, final StreamDescriptor stream) {
        StreamLedger ledger = readOnce(view, stream);
        for (int i = 1; i < READS && !ledger.disagreements().isEmpty(); i++) {
            ledger = readOnce(view, stream);
        }
        return ledger;
    }

    /** Messages committed by all writers. */
    public long sent() {
        return writers.stream().mapToLong(Writer::sent).sum();
    }

    /** Offers refused to all writers. */
    public long refused() {
        return writers.stream().mapToLong(Writer::refused).sum();
    }

    /** Offers refused to all writers for a reason, one of {@link #REASONS}. */
    public long refused(final BusCounter reason) {
        return writers.stream()
                .mapToLong(writer -> writer.refusedBy().getOrDefault(reason, 0L))
                .sum();
    }

    /** Like "back-pressured 7, closed 1": those reasons that there were; empty when nothing was refused. */
    public String reasons() {
        return REASONS.stream()
                .filter(reason -> refused(reason) > 0)
                .map(reason -> text(reason) + " " + refused(reason))
                .collect(Collectors.joining(", "));
    }

    /** A reason in words, such as "back-pressured". */
    public static String text(final BusCounter reason) {
        return reason.name().substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Sequence numbers that a reader has not passed yet, 0 or more: messages on their way, those behind the end of a log
     * that ended with its driver, and refusals with no message behind them that would show the gap.
     *
     * @param reader of this stream.
     * @return how many; -1 when the reader is not {@linkplain Reader#isComparable comparable}.
     */
    public long unread(final Reader reader) {
        return reader.isComparable() ? Math.max(0, sent() + refused() - reader.passed()) : -1;
    }

    /** Where the two ends do not agree, one line each, with stream, writers, reader and numbers; empty when all is well. */
    public List<String> disagreements() {
        final List<String> lines = new ArrayList<>();
        // Each command line is a life of the operator, and dies of nothing.
        final long killed = writers.stream()
                .filter(writer -> writer.node() != NodeId.OPERATOR)
                .mapToLong(writer -> Math.max(0, writer.lives() - 1))
                .sum();
        // Control counts its state once a cycle, and a reader may be there first.
        final long uncounted = killed + (stream.equals(StreamCatalog.CONTROL_STATE) ? 1 : 0);
        for (final Writer writer : writers) {
            final long byReason = writer.refusedBy().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            // Of a process that was killed between the two, the last refusal may be in one count alone.
            if (Math.abs(byReason - writer.refused()) > Math.max(1, killed)) {
                lines.add(stream.name() + ": " + name(writer) + " was refused " + writer.refused()
                        + " offers, and the reasons add up to " + byReason);
            }
        }
        for (final Reader reader : readers) {
            if (!reader.isComparable()) {
                continue;
            }
            final String who = stream.name() + ": " + reader.name();
            if (reader.missedInPlace() > refused()) {
                lines.add(who + " missed " + reader.missedInPlace()
                        + " messages in logs that it read on, its writers were"
                        + " refused " + refused() + " (" + names(Writer::refused) + "): "
                        + (reader.missedInPlace() - refused()) + " are lost and nobody knows why");
            }
            if (reader.received() - reader.repeated() > sent() + uncounted) {
                lines.add(who + " got " + (reader.received() - reader.repeated()) + " messages, its writers sent "
                        + sent() + " (" + names(Writer::sent) + ")");
            } else if (reader.passed() > sent() + refused() + uncounted) {
                lines.add(who + " passed " + reader.passed() + " sequence numbers (" + reader.received() + " received, "
                        + reader.gaps() + " missing, " + reader.beforeJoining()
                        + " before it joined), its writers used up "
                        + (sent() + refused()) + " (" + names(writer -> writer.sent() + writer.refused()) + ")");
            }
        }
        return lines;
    }

    private String names(final java.util.function.ToLongFunction<Writer> count) {
        return writers.stream()
                .map(writer -> name(writer) + " " + count.applyAsLong(writer))
                .collect(Collectors.joining(", "));
    }

    private static String name(final Writer writer) {
        return writer.node().name().toLowerCase(Locale.ROOT);
    }

    /** Readers first: what they have counted by now was used up before the writers' counts are read. */
    private static StreamLedger readOnce(final CounterView view, final StreamDescriptor stream) {
        final List<Reader> readers = new ArrayList<>();
        for (final NodeId node : NODES) {
            final long received = view.stream(BusCounter.RECEIVED, node, stream, -1);
            // Command lines read for a moment, many at once, and count as one: they are not followed.
            if (received >= 0 && node != NodeId.OPERATOR) {
                readers.add(new Reader(
                        node,
                        view.node(BusCounter.LIVES, node, 1),
                        received,
                        view.stream(BusCounter.REPEATED, node, stream, 0),
                        view.stream(BusCounter.GAPS, node, stream, 0),
                        view.stream(BusCounter.LEFT_BEHIND, node, stream, 0),
                        view.stream(BusCounter.BEFORE_JOINING, node, stream, 0)));
            }
        }
        final List<Writer> writers = new ArrayList<>();
        for (final NodeId node : NODES) {
            final long sent = view.stream(BusCounter.SENT, node, stream, -1);
            final long refused = view.stream(BusCounter.REFUSED, node, stream, -1);
            if (sent >= 0 || refused >= 0) {
                final Map<BusCounter, Long> refusedBy = new EnumMap<>(BusCounter.class);
                REASONS.forEach(reason -> refusedBy.put(reason, view.stream(reason, node, stream, 0)));
                writers.add(new Writer(
                        node,
                        view.node(BusCounter.LIVES, node, 1),
                        Math.max(0, sent),
                        Math.max(0, refused),
                        refusedBy));
            }
        }
        return new StreamLedger(stream, writers, readers);
    }
}
