package io.tendon.fusion.link;

import io.tendon.bus.RealTime;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.BusCounters;
import io.tendon.bus.counter.ModelState;
import io.tendon.bus.event.EventPublisher;
import io.tendon.fusion.inference.InferenceSlot;
import io.tendon.fusion.inference.ModelFile;
import io.tendon.fusion.inference.ScoreListener;
import io.tendon.schemas.AnomalyKind;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.Severity;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Says what the model does: scores as messages, all in counters that outlive the node, and what a person should know as
 * events. Fusion's thread.
 */
@RealTime
public final class InferenceReporter implements ScoreListener {
    /** Between two events that say the same again. */
    private static final long REPEAT_NS = 1_000_000_000L;

    private static final int NO_JOINT = -1;

    private final ModelFile file;
    private final InferencePublisher publisher;
    private final EventPublisher events;
    private final EpochNanoClock clock;
    private final AtomicCounter state;
    private final AtomicCounter judged;
    private final AtomicCounter late;
    private final AtomicCounter above;
    private final AtomicCounter skipped;
    private final AtomicCounter empty;
    private final AtomicCounter isolated;
    private long countedSkipped;
    private long countedEmpty;
    private long saidSkipped;
    private long nextSkipNs;
    private boolean wasAbove;
    private long nextAnomalyNs;

    /**
     * A reporter; makes its counters.
     *
     * @param file manifest of the model.
     * @param publisher of its scores.
     * @param events of the node.
     * @param counters of the node.
     * @param clock of the session.
     */
    public InferenceReporter(
            final ModelFile file,
            final InferencePublisher publisher,
            final EventPublisher events,
            final BusCounters counters,
            final EpochNanoClock clock) {
        this.file = file;
        this.publisher = publisher;
        this.events = events;
        this.clock = clock;
        state = counters.node(BusCounter.INFERENCE_STATE);
        judged = counters.node(BusCounter.INFERENCES);
        late = counters.node(BusCounter.INFERENCES_LATE);
        above = counters.node(BusCounter.INFERENCES_ABOVE);
        skipped = counters.node(BusCounter.INFERENCES_SKIPPED);
        empty = counters.node(BusCounter.INFERENCES_EMPTY);
        isolated = counters.node(BusCounter.INFERENCES_ISOLATED);
        state.setRelease(ModelState.JUDGING.code());
    }

    @Override
    public void onScore(final InferenceSlot window) {
        judged.getAndAddRelease(1);
        if (window.latencyNs > file.deadlineNs()) {
            late.getAndAddRelease(1);
        }
        final boolean isAbove = window.score > window.threshold;
        if (isAbove) {
            above.getAndAddRelease(1);
            sayAnomaly(window);
        }
        wasAbove = isAbove;
        publisher.publish(window, clock.nanoTime());
    }

    @Override
    public void onIsolated(final InferenceSlot window, final String why) {
        state.setRelease(ModelState.ISOLATED.code());
        isolated.getAndAddRelease(1);
        // Once in the life of a model: a string may be built here.
        causedBy(window)
                .event(EventKind.MODEL_ISOLATED, Severity.ERROR, 0, Double.NaN, "model " + file.name() + ' ' + why);
    }

    @Override
    public void onCounts(final long skippedWindows, final long emptyWindows, final long nowNs) {
        if (skippedWindows != countedSkipped) {
            skipped.getAndAddRelease(skippedWindows - countedSkipped);
            countedSkipped = skippedWindows;
        }
        if (emptyWindows != countedEmpty) {
            empty.getAndAddRelease(emptyWindows - countedEmpty);
            countedEmpty = emptyWindows;
        }
        if (skippedWindows != saidSkipped && nowNs >= nextSkipNs) {
            events.event(
                    EventKind.INFERENCE_SKIPPED,
                    Severity.WARNING,
                    (int) (skippedWindows - saidSkipped),
                    (double) skippedWindows,
                    file.name());
            saidSkipped = skippedWindows;
            nextSkipNs = nowNs + REPEAT_NS;
        }
    }

    /** When it begins, and once a second at most: a score that goes up and down about the threshold is one anomaly. */
    private void sayAnomaly(final InferenceSlot window) {
        if (wasAbove || window.windowEndNs < nextAnomalyNs) {
            return;
        }
        nextAnomalyNs = window.windowEndNs + REPEAT_NS;
        causedBy(window)
                .anomaly(AnomalyKind.MODEL)
                .event(EventKind.ANOMALY, Severity.WARNING, NO_JOINT, window.score / window.threshold, file.name());
    }

    private EventPublisher causedBy(final InferenceSlot window) {
        return events.causedBy(
                StreamCatalog.CONTROL_STATE.streamId(), window.sessionId, window.fromPosition, window.toPosition);
    }
}
