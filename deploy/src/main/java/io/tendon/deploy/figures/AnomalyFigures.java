package io.tendon.deploy.figures;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.counter.LastAnomaly;
import io.tendon.schemas.NodeId;
import java.io.IOException;
import java.util.Optional;

/**
 * What does not fit together in what the arm measures.
 *
 * @param score largest residual of the last half to one second as a multiple of what is allowed; NaN when nothing is judged.
 * @param count anomalies in the session.
 * @param last of them; empty before the first.
 * @param lastAtMs when that was, ms since the epoch; 0 before the first.
 * @param faultsInjected faults of the simulated arm that have begun in the session.
 */
public record AnomalyFigures(double score, long count, Optional<LastAnomaly> last, long lastAtMs, long faultsInjected) {
    private static final double PPM = 1e6;

    /**
     * Reads it.
     *
     * @param view of the counters.
     * @return as they stand.
     */
    public static AnomalyFigures read(final CounterView view) {
        final long scorePpm = view.node(BusCounter.ANOMALY_SCORE_PPM, NodeId.CONTROL, -1);
        return new AnomalyFigures(
                scorePpm < 0 ? Double.NaN : scorePpm / PPM,
                view.node(BusCounter.ANOMALIES, NodeId.CONTROL, 0),
                LastAnomaly.of(view.node(BusCounter.LAST_ANOMALY, NodeId.CONTROL, 0)),
                view.node(BusCounter.LAST_ANOMALY_AT_MS, NodeId.CONTROL, 0),
                view.node(BusCounter.FAULTS_INJECTED, NodeId.CONTROL, 0));
    }

    /**
     * Writes what was counted: the fields {@code anomalies}, {@code lastAnomaly} and {@code faultsInjected}.
     *
     * @param json in an object.
     * @throws IOException when the output refuses.
     */
    public void writeCounts(final JsonGenerator json) throws IOException {
        json.writeNumberField("anomalies", count);
        if (last.isEmpty()) {
            json.writeNullField("lastAnomaly");
        } else {
            final LastAnomaly anomaly = last.get();
            json.writeObjectFieldStart("lastAnomaly");
            json.writeStringField("kind", anomaly.kind().name());
            if (anomaly.joint() < 0) {
                json.writeNullField("joint");
            } else {
                json.writeNumberField("joint", anomaly.joint());
            }
            json.writeNumberField("times", anomaly.times());
            json.writeNumberField("atMs", lastAtMs);
            json.writeEndObject();
        }
        json.writeNumberField("faultsInjected", faultsInjected);
    }

    /**
     * Writes how it is now: the field {@code anomalyScore}, null when nothing is judged, and what was counted.
     *
     * @param json in an object.
     * @throws IOException when the output refuses.
     */
    public void write(final JsonGenerator json) throws IOException {
        if (Double.isNaN(score)) {
            json.writeNullField("anomalyScore");
        } else {
            json.writeNumberField("anomalyScore", score);
        }
        writeCounts(json);
    }
}
