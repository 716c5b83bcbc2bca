package io.tendon.deploy.figures;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.counter.DurabilityLevel;
import io.tendon.schemas.NodeId;
import java.io.IOException;

/**
 * When what is recorded comes to the device, and the time from a message's capture until it was there, of all messages
 * over the recorder's life. Immutable.
 *
 * @param level as the recorder was told: none, periodic, each-block; unknown when none has run.
 * @param p50Ns median; 0 while nothing has come there.
 * @param p99Ns 99th percentile.
 * @param p999Ns 99.9th percentile.
 * @param maxNs longest.
 */
public record DurabilityFigures(String level, long p50Ns, long p99Ns, long p999Ns, long maxNs) {
    private static final double NS_PER_MS = 1e6;

    /** Reads that of the recorder. */
    public static DurabilityFigures read(final CounterView view) {
        return new DurabilityFigures(
                DurabilityLevel.textOf(view.node(BusCounter.DURABILITY_LEVEL, NodeId.PERSISTENCE, 0)),
                view.node(BusCounter.DURABLE_P50_NS, NodeId.PERSISTENCE, 0),
                view.node(BusCounter.DURABLE_P99_NS, NodeId.PERSISTENCE, 0),
                view.node(BusCounter.DURABLE_P999_NS, NodeId.PERSISTENCE, 0),
                view.node(BusCounter.DURABLE_MAX_NS, NodeId.PERSISTENCE, 0));
    }

    /** Whether nothing is flushed before the session ends. */
    public boolean isNone() {
        return level.equals(DurabilityLevel.NONE.toString());
    }

    /**
     * Writes it as the field {@code durability}.
     *
     * @param json that takes a field.
     * @throws IOException when the output refuses.
     */
    public void write(final JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("durability");
        json.writeStringField("level", level);
        json.writeObjectFieldStart("measuredToDurableMs");
        number(json, "p50", p50Ns);
        number(json, "p99", p99Ns);
        number(json, "p999", p999Ns);
        number(json, "max", maxNs);
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Null while nothing is known to be durable. */
    private void number(final JsonGenerator json, final String name, final long valueNs) throws IOException {
        if (maxNs == 0) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, valueNs / NS_PER_MS);
        }
    }
}
