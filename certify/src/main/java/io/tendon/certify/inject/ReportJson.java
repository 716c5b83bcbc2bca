package io.tendon.certify.inject;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/** A report as one JSON object. */
final class ReportJson {
    private static final double NS_PER_S = 1e9;

    private ReportJson() {}

    /** Writes it. */
    static String text(final InjectionReport report) throws IOException {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("fault", report.fault());
            json.writeStringField("description", report.description());
            json.writeStringField("robot", report.robot());
            json.writeStringField("session", report.session());
            writeLines(json, "account", report.account());
            json.writeArrayFieldStart("phases");
            for (final Phase phase : report.phases()) {
                writePhase(json, phase);
            }
            json.writeEndArray();
            json.writeNumberField("unseenCycles", report.unseen());
            if (report.recoveryNs() < 0) {
                json.writeNullField("recoveryS");
            } else {
                json.writeNumberField("recoveryS", report.recoveryNs() / NS_PER_S);
            }
            json.writeStringField("recoveryFrom", report.isFromKill() ? "kill" : "end");
            json.writeNumberField("recorderLagBytes", report.recorderLagBytes());
            json.writeStringField("safetyState", report.safetyState().name());
            json.writeBooleanField("held", report.verdict().isHeld());
            writeLines(json, "kept", report.verdict().kept());
            writeLines(json, "broken", report.verdict().broken());
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void writePhase(final JsonGenerator json, final Phase phase) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", phase.name());
        json.writeNumberField("durationS", phase.durationNs() / NS_PER_S);
        json.writeNumberField("executed", phase.losses().executed());
        json.writeNumberField("missed", phase.losses().missed());
        json.writeNumberField("refused", phase.losses().refused());
        json.writeNumberField("fusionMissed", phase.losses().fusionMissed());
        json.writeNumberField("recorderMissed", phase.losses().recorderMissed());
        json.writeObjectFieldStart("latenessNs");
        json.writeNumberField("count", phase.lateness().count());
        json.writeNumberField("p50", phase.lateness().p50Ns());
        json.writeNumberField("p99", phase.lateness().p99Ns());
        json.writeNumberField("p999", phase.lateness().p999Ns());
        json.writeNumberField("max", phase.lateness().maxNs());
        json.writeArrayFieldStart("buckets");
        final List<Long> buckets = phase.lateness().buckets();
        for (int i = 0; i < buckets.size(); i++) {
            json.writeStartObject();
            json.writeNumberField("fromNs", Lateness.bucketFromNs(i));
            json.writeNumberField("cycles", buckets.get(i));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeLines(final JsonGenerator json, final String name, final List<String> lines)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (final String line : lines) {
            json.writeString(line);
        }
        json.writeEndArray();
    }
}
