package io.tendon.deploy;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.counter.RecorderLag;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import io.tendon.schemas.TaskStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a running robot does, read from its counters at one moment. Immutable.
 *
 * @param scheduled cycles of control that were due.
 * @param executed cycles of control that were executed.
 * @param missed cycles of control that passed before they could begin.
 * @param lateness of control's cycles.
 * @param successRate of control's last 100 cycles, 0 to 1.
 * @param safetyState of control.
 * @param streams in the order of the catalog.
 * @param taskStep of fusion.
 * @param tasksCompleted picks and places done.
 * @param tasksFailed picks and places given up.
 */
record RunFigures(
        long scheduled,
        long executed,
        long missed,
        Lateness lateness,
        double successRate,
        SafetyState safetyState,
        List<StreamFigures> streams,
        TaskStep taskStep,
        long tasksCompleted,
        long tasksFailed) {

    /**
     * Time from a cycle's deadline to its beginning, missed cycles included, over the life of the loop.
     *
     * @param p50Ns median.
     * @param p99Ns 99th percentile.
     * @param p999Ns 99.9th percentile.
     * @param maxNs largest.
     */
    record Lateness(long p50Ns, long p99Ns, long p999Ns, long maxNs) {}

    /**
     * One reader of a stream.
     *
     * @param name of the node.
     * @param received messages.
     * @param gaps messages missing.
     */
    record ReaderFigures(String name, long received, long gaps) {}

    /**
     * One stream, its writers together.
     *
     * @param stream which.
     * @param sent messages committed.
     * @param refused offers refused.
     * @param recorded messages that the recorder has counted so far.
     * @param lagBytes that the recorder is behind.
     * @param readers that have opened it.
     */
    record StreamFigures(
            StreamDescriptor stream,
            long sent,
            long refused,
            long recorded,
            long lagBytes,
            List<ReaderFigures> readers) {}

    private static final List<NodeId> NODES =
            List.of(NodeId.CONTROL, NodeId.FUSION, NodeId.PERSISTENCE, NodeId.OPERATOR);

    /** Reads the counters as they are now. */
    static RunFigures read(final CounterView view) {
        return new RunFigures(
                view.node(BusCounter.CYCLES_SCHEDULED, NodeId.CONTROL, 0),
                view.node(BusCounter.CYCLES_EXECUTED, NodeId.CONTROL, 0),
                view.node(BusCounter.CYCLES_MISSED, NodeId.CONTROL, 0),
                new Lateness(
                        view.node(BusCounter.LATENESS_P50_NS, NodeId.CONTROL, 0),
                        view.node(BusCounter.LATENESS_P99_NS, NodeId.CONTROL, 0),
                        view.node(BusCounter.LATENESS_P999_NS, NodeId.CONTROL, 0),
                        view.node(BusCounter.LATENESS_MAX_NS, NodeId.CONTROL, 0)),
                view.node(BusCounter.SUCCESS_RATE_PPM, NodeId.CONTROL, 1_000_000) / 1e6,
                SafetyState.get((short) view.node(BusCounter.SAFETY_STATE, NodeId.CONTROL, 0)),
                streams(view),
                TaskStep.get((short) view.node(BusCounter.TASK_STEP, NodeId.FUSION, 0)),
                view.node(BusCounter.TASKS_COMPLETED, NodeId.FUSION, 0),
                view.node(BusCounter.TASKS_FAILED, NodeId.FUSION, 0));
    }

    /** Messages committed on all streams. */
    long sent() {
        return streams.stream().mapToLong(StreamFigures::sent).sum();
    }

    /**
     * Messages lost on all streams. A refused offer is missing at every reader, so of each stream the refusals count once,
     * and beyond them what the reader that missed most has missed.
     */
    long lost() {
        return streams.stream()
                .mapToLong(stream -> Math.max(
                        stream.refused(),
                        stream.readers().stream()
                                .mapToLong(ReaderFigures::gaps)
                                .max()
                                .orElse(0)))
                .sum();
    }

    /** Messages that were sent and are not recorded, given what is in the recording by stream name. */
    long unrecorded(final Map<String, Long> recorded) {
        return streams.stream()
                .mapToLong(stream -> Math.max(
                        0, stream.sent() - recorded.getOrDefault(stream.stream().name(), 0L)))
                .sum();
    }

    /** Bytes that the recorder is behind, all streams together. */
    long lagBytes() {
        return streams.stream().mapToLong(StreamFigures::lagBytes).sum();
    }

    private static List<StreamFigures> streams(final CounterView view) {
        final RecorderLag lag = RecorderLag.read(view);
        return StreamCatalog.all().stream()
                .map(stream -> stream(view, stream, lag.bytes(stream)))
                .toList();
    }

    private static StreamFigures stream(final CounterView view, final StreamDescriptor stream, final long lagBytes) {
        long sent = 0;
        long refused = 0;
        final List<ReaderFigures> readers = new ArrayList<>();
        for (final NodeId node : NODES) {
            sent += view.stream(BusCounter.SENT, node, stream, 0);
            refused += view.stream(BusCounter.REFUSED, node, stream, 0);
            final long received = view.stream(BusCounter.RECEIVED, node, stream, -1);
            if (received >= 0 && node != NodeId.OPERATOR) {
                final String reader =
                        node == NodeId.PERSISTENCE ? "recorder" : node.name().toLowerCase(Locale.ROOT);
                readers.add(new ReaderFigures(reader, received, view.stream(BusCounter.GAPS, node, stream, 0)));
            }
        }
        return new StreamFigures(
                stream,
                sent,
                refused,
                view.stream(BusCounter.RECORDED, NodeId.PERSISTENCE, stream, 0),
                lagBytes,
                readers);
    }
}
