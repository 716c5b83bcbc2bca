package io.tendon.deploy;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.deploy.figures.LedgerJson;
import io.tendon.deploy.figures.StreamFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a run came to, for machines.
 *
 * @param session id.
 * @param durationS from control's readiness to the order to stop.
 * @param figures last counters before the driver stopped.
 * @param recorded messages in the recording, by stream name.
 * @param nodes with exit codes.
 */
record RunReport(
        String session, double durationS, RunFigures figures, Map<String, Long> recorded, List<NodeExit> nodes) {

    /**
     * How a process ended.
     *
     * @param name of the node.
     * @param exit code.
     * @param restarts of it during the run.
     */
    record NodeExit(String name, int exit, int restarts) {}

    /** Writes it as one JSON object. */
    void write(final Path file) throws IOException {
        final Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try (JsonGenerator json = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("session", session);
            json.writeNumberField("durationS", durationS);
            writeControl(json);
            writeStreams(json);
            figures.durability().write(json);
            json.writeObjectFieldStart("task");
            json.writeNumberField("completed", figures.tasksCompleted());
            json.writeNumberField("failed", figures.tasksFailed());
            json.writeEndObject();
            json.writeArrayFieldStart("nodes");
            for (final NodeExit node : nodes) {
                json.writeStartObject();
                json.writeStringField("name", node.name());
                json.writeNumberField("exit", node.exit());
                json.writeNumberField("restarts", node.restarts());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private void writeControl(final JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("control");
        json.writeNumberField("scheduled", figures.scheduled());
        json.writeNumberField("executed", figures.executed());
        json.writeNumberField("missed", figures.missed());
        figures.missedBy().write(json);
        json.writeNumberField(
                "successRate", figures.scheduled() == 0 ? 1.0 : (double) figures.executed() / figures.scheduled());
        json.writeStringField("safetyState", figures.safetyState().name());
        figures.anomalies().writeCounts(json);
        json.writeObjectFieldStart("latenessUs");
        json.writeNumberField("p50", figures.lateness().p50Ns() / 1e3);
        json.writeNumberField("p99", figures.lateness().p99Ns() / 1e3);
        json.writeNumberField("p999", figures.lateness().p999Ns() / 1e3);
        json.writeNumberField("max", figures.lateness().maxNs() / 1e3);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeStreams(final JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("streams");
        for (final StreamFigures stream : figures.streams()) {
            json.writeStartObject();
            json.writeStringField("name", stream.stream().name());
            json.writeNumberField("sent", stream.sent());
            json.writeNumberField("refused", stream.refused());
            json.writeNumberField(
                    "recorded", recorded.getOrDefault(stream.stream().name(), 0L));
            LedgerJson.write(json, stream.ledger());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
