package io.tendon.deploy.figures;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.counter.ModelState;
import io.tendon.schemas.NodeId;
import java.io.IOException;

/**
 * What fusion's model does.
 *
 * @param state whether there is one, and whether it may still be asked.
 * @param judged windows with a score.
 * @param above of these, those with a score above the model's threshold.
 * @param late of these, those whose score came after the model's deadline.
 * @param skipped windows that were due while the model was busy.
 * @param empty windows that were due and of which no sample had come.
 * @param p50Ns median time from a window's hand-over to its score, ns.
 * @param p99Ns 99th percentile of it, ns.
 * @param maxNs longest, ns.
 */
public record ModelFigures(
        ModelState state,
        long judged,
        long above,
        long late,
        long skipped,
        long empty,
        long p50Ns,
        long p99Ns,
        long maxNs) {
    private static final double NS_PER_US = 1e3;

    /** Of a robot whose fusion has no model. */
    public static final ModelFigures NONE = new ModelFigures(ModelState.NONE, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Reads it. */
    static ModelFigures read(final CounterView view) {
        return new ModelFigures(
                ModelState.of(count(view, BusCounter.INFERENCE_STATE)),
                count(view, BusCounter.INFERENCES),
                count(view, BusCounter.INFERENCES_ABOVE),
                count(view, BusCounter.INFERENCES_LATE),
                count(view, BusCounter.INFERENCES_SKIPPED),
                count(view, BusCounter.INFERENCES_EMPTY),
                count(view, BusCounter.INFERENCE_P50_NS),
                count(view, BusCounter.INFERENCE_P99_NS),
                count(view, BusCounter.INFERENCE_MAX_NS));
    }

    /**
     * Writes it as the field {@code model}.
     *
     * @param json inside an object.
     * @throws IOException when the output refuses.
     */
    public void write(final JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("model");
        json.writeStringField("state", state.name());
        json.writeNumberField("judged", judged);
        json.writeNumberField("above", above);
        json.writeNumberField("late", late);
        json.writeNumberField("skipped", skipped);
        json.writeNumberField("empty", empty);
        json.writeObjectFieldStart("latencyUs");
        json.writeNumberField("p50", p50Ns / NS_PER_US);
        json.writeNumberField("p99", p99Ns / NS_PER_US);
        json.writeNumberField("max", maxNs / NS_PER_US);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static long count(final CounterView view, final BusCounter counter) {
        return view.node(counter, NodeId.FUSION, 0);
    }
}
