package io.tendon.deploy.panel;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.deploy.figures.LedgerJson;
import io.tendon.deploy.figures.LoopFigures;
import io.tendon.deploy.figures.NodeFigures;
import io.tendon.deploy.figures.RecordedEvent;
import io.tendon.deploy.figures.RobotFigures;
import io.tendon.deploy.figures.RobotRates;
import io.tendon.deploy.figures.StreamFigures;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The panel's figures for machines: one JSON object; null stands for what is not known. */
public final class StatusJson {
    private static final double NS_PER_S = 1e9;
    private static final double NS_PER_US = 1e3;
    private static final double MS_PER_S = 1e3;

    private StatusJson() {}

    /**
     * Writes it.
     *
     * @param json that takes one value.
     * @param content to write.
     * @throws IOException when the output refuses.
     */
    public static void write(final JsonGenerator json, final PanelContent content) throws IOException {
        final RobotFigures figures = content.figures();
        final RobotRates rates = content.rates();
        json.writeStartObject();
        json.writeStringField("robot", figures.robotName());
        json.writeStringField("session", figures.sessionName());
        json.writeBooleanField("live", figures.isLive());
        json.writeNumberField("elapsedS", figures.elapsedNs() / NS_PER_S);
        writeNodes(json, figures, rates);
        writeLoops(json, figures, rates);
        json.writeObjectFieldStart("arm");
        json.writeStringField("safetyState", String.valueOf(figures.arm().safetyState()));
        json.writeBooleanField("latched", figures.arm().isLatched());
        json.writeNumberField("limitsHit", figures.arm().limitsHit());
        json.writeNumberField("setpointsRejected", figures.arm().setpointsRejected());
        figures.arm().anomalies().write(json);
        json.writeEndObject();
        json.writeObjectFieldStart("task");
        json.writeStringField("step", String.valueOf(figures.task().step()));
        json.writeNumberField("completed", figures.task().completed());
        json.writeNumberField("failed", figures.task().failed());
        json.writeNumberField("windowsIncomplete", figures.task().windowsIncomplete());
        json.writeEndObject();
        figures.model().write(json);
        writeStreams(json, figures, rates);
        json.writeObjectFieldStart("disk");
        number(json, "usedBytes", figures.disk().usedBytes());
        number(json, "freeBytes", figures.disk().freeBytes());
        number(json, "indexLagBytes", figures.disk().indexLagBytes());
        number(json, "indexLagMs", figures.disk().indexLagMs());
        decimal(json, "bytesPerS", rates.bytesPerS());
        decimal(json, "hoursLeft", rates.hoursLeft(figures.disk()));
        json.writeEndObject();
        figures.durability().write(json);
        writeEvents(json, content.events());
        json.writeEndObject();
    }

    private static void writeNodes(final JsonGenerator json, final RobotFigures figures, final RobotRates rates)
            throws IOException {
        json.writeArrayFieldStart("nodes");
        for (final NodeFigures node : figures.nodes()) {
            json.writeStartObject();
            json.writeStringField("name", node.node().name().toLowerCase(Locale.ROOT));
            json.writeStringField("state", node.state().name());
            number(json, "pid", node.pid());
            decimal(json, "uptimeS", node.uptimeMs() < 0 ? Double.NaN : node.uptimeMs() / MS_PER_S);
            number(json, "residentBytes", node.residentBytes());
            decimal(json, "cpuFraction", rates.cpuFraction(node.node()));
            number(json, "restarts", node.restarts());
            number(json, "errors", node.exceptions());
            if (node.realTime() == 0) {
                json.writeNullField("realTime");
            } else {
                json.writeBooleanField("realTime", node.realTime() == 1);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeLoops(final JsonGenerator json, final RobotFigures figures, final RobotRates rates)
            throws IOException {
        json.writeArrayFieldStart("loops");
        for (final LoopFigures loop : figures.loops()) {
            json.writeStartObject();
            json.writeStringField("node", loop.node().name().toLowerCase(Locale.ROOT));
            decimal(json, "hz", rates.loopHz(loop.node()));
            json.writeNumberField("scheduled", loop.scheduled());
            json.writeNumberField("executed", loop.executed());
            json.writeNumberField("missed", loop.missed());
            loop.missedBy().write(json);
            json.writeNumberField("successRate", loop.successRate());
            json.writeObjectFieldStart("latenessUs");
            json.writeNumberField("p50", loop.lateness().p50Ns() / NS_PER_US);
            json.writeNumberField("p99", loop.lateness().p99Ns() / NS_PER_US);
            json.writeNumberField("p999", loop.lateness().p999Ns() / NS_PER_US);
            json.writeNumberField("max", loop.lateness().maxNs() / NS_PER_US);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeStreams(final JsonGenerator json, final RobotFigures figures, final RobotRates rates)
            throws IOException {
        json.writeArrayFieldStart("streams");
        for (final StreamFigures stream : figures.streams()) {
            json.writeStartObject();
            json.writeStringField("name", stream.stream().name());
            decimal(json, "messagesPerS", rates.of(stream.stream()).messagesPerS());
            json.writeNumberField("sent", stream.sent());
            json.writeNumberField("refused", stream.refused());
            json.writeNumberField("recorded", stream.recorded());
            json.writeNumberField("recorderLagBytes", stream.lagBytes());
            decimal(json, "recorderLagMs", rates.lagMs(stream));
            json.writeNumberField("durableLagBytes", stream.durableLagBytes());
            json.writeBooleanField("held", stream.isHeld());
            LedgerJson.write(json, stream.ledger());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeEvents(final JsonGenerator json, final List<RecordedEvent> events) throws IOException {
        json.writeArrayFieldStart("events");
        for (final RecordedEvent event : events) {
            json.writeStartObject();
            json.writeNumberField("timeNs", event.timeNs());
            json.writeStringField("node", event.node().name().toLowerCase(Locale.ROOT));
            json.writeStringField("severity", event.severity().name());
            json.writeStringField("name", event.name());
            json.writeStringField("text", event.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void number(final JsonGenerator json, final String name, final long value) throws IOException {
        if (value < 0) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }

    private static void decimal(final JsonGenerator json, final String name, final double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }
}
