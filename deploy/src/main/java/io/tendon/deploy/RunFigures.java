package io.tendon.deploy;

import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.deploy.figures.AnomalyFigures;
import io.tendon.deploy.figures.DurabilityFigures;
import io.tendon.deploy.figures.Lateness;
import io.tendon.deploy.figures.MissedFigures;
import io.tendon.deploy.figures.StreamFigures;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import io.tendon.schemas.TaskStep;
import java.util.List;
import java.util.Map;

/**
 * How a running robot does, read from its counters at one moment. Immutable.
 *
 * @param scheduled cycles of control that were due.
 * @param executed cycles of control that were executed.
 * @param missed cycles of control that passed before they could begin.
 * @param missedBy why they did.
 * @param lateness of control's cycles.
 * @param successRate of control's last 100 cycles, 0 to 1.
 * @param safetyState of control.
 * @param anomalies in what the arm measured.
 * @param streams in the order of the catalog.
 * @param taskStep of fusion.
 * @param tasksCompleted picks and places done.
 * @param tasksFailed picks and places given up.
 * @param durability how the recording comes to the device.
 */
record RunFigures(
        long scheduled,
        long executed,
        long missed,
        MissedFigures missedBy,
        Lateness lateness,
        double successRate,
        SafetyState safetyState,
        AnomalyFigures anomalies,
        List<StreamFigures> streams,
        TaskStep taskStep,
        long tasksCompleted,
        long tasksFailed,
        DurabilityFigures durability) {

    /** Reads the counters as they are now. */
    static RunFigures read(final CounterView view) {
        return new RunFigures(
                view.node(BusCounter.CYCLES_SCHEDULED, NodeId.CONTROL, 0),
                view.node(BusCounter.CYCLES_EXECUTED, NodeId.CONTROL, 0),
                view.node(BusCounter.CYCLES_MISSED, NodeId.CONTROL, 0),
                MissedFigures.read(view, NodeId.CONTROL),
                Lateness.read(view, NodeId.CONTROL),
                view.node(BusCounter.SUCCESS_RATE_PPM, NodeId.CONTROL, 1_000_000) / 1e6,
                SafetyState.get((short) view.node(BusCounter.SAFETY_STATE, NodeId.CONTROL, 0)),
                AnomalyFigures.read(view),
                StreamFigures.readAll(view),
                TaskStep.get((short) view.node(BusCounter.TASK_STEP, NodeId.FUSION, 0)),
                view.node(BusCounter.TASKS_COMPLETED, NodeId.FUSION, 0),
                view.node(BusCounter.TASKS_FAILED, NodeId.FUSION, 0),
                DurabilityFigures.read(view));
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
        return streams.stream().mapToLong(StreamFigures::lost).sum();
    }

    /** Where what writers and readers counted as lost does not agree, one line each; empty when all is well. */
    List<String> disagreements() {
        return streams.stream()
                .flatMap(stream -> stream.ledger().disagreements().stream())
                .toList();
    }

    /** Why offers were refused, one line a stream; empty when none was. */
    List<String> refusals() {
        return streams.stream()
                .filter(stream -> stream.refused() > 0)
                .map(stream ->
                        stream.stream().name() + " refused: " + stream.ledger().reasons())
                .toList();
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
}
