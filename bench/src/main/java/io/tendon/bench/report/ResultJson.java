package io.tendon.bench.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.bench.ipc.IpcFigures;
import io.tendon.bench.recording.RecordingFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The results for machines, every round: one object, its bars first, {@link Bars#write}. Main thread. */
public final class ResultJson {
    private ResultJson() {}

    /**
     * Writes them.
     *
     * @param results of a run.
     * @param file to write.
     * @throws IOException when it cannot be written.
     */
    public static void write(final Results results, final Path file) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            Bars.write(json, results.bars());
            json.writeStringField("machine", results.machine());
            json.writeStringField("lengths", results.lengths());
            operations(json, "operations", results.operations());
            operations(json, "otherOperations", results.otherOperations());
            json.writeArrayFieldStart("conversations");
            for (final Conversation conversation : results.conversations()) {
                conversation(json, conversation);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("recording");
            recording(json, "tendon", results.recordings().ours());
            recording(json, "archive", results.recordings().archive());
            recording(json, "disk", results.recordings().disk());
            json.writeEndObject();
            json.writeArrayFieldStart("leftOut");
            for (final String line : results.leftOut()) {
                json.writeString(line);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void operations(final JsonGenerator json, final String name, final List<Operation> operations)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (final Operation operation : operations) {
            json.writeStartObject();
            json.writeStringField("name", operation.name());
            json.writeStringField("floor", operation.floorName());
            json.writeNumberField("oursNs", operation.oursNs());
            json.writeNumberField("floorNs", operation.floorNs());
            json.writeNumberField("ratio", operation.ratio());
            json.writeArrayFieldStart("rounds");
            for (final Operation.Round round : operation.rounds()) {
                json.writeStartObject();
                json.writeNumberField("oursNs", round.oursNs());
                json.writeNumberField("floorNs", round.floorNs());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void conversation(final JsonGenerator json, final Conversation conversation) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", conversation.label());
        json.writeArrayFieldStart("rounds");
        for (final IpcFigures figures : conversation.rounds()) {
            json.writeStartObject();
            json.writeNumberField("roundTrips", figures.roundTrip().count());
            json.writeNumberField("p50Ns", figures.roundTrip().p50Ns());
            json.writeNumberField("p99Ns", figures.roundTrip().p99Ns());
            if (figures.roundTrip().p999Ns() > 0) {
                json.writeNumberField("p999Ns", figures.roundTrip().p999Ns());
            }
            json.writeNumberField("maxNs", figures.roundTrip().maxNs());
            json.writeNumberField("messagesPerSecond", figures.messagesPerSecond());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void recording(final JsonGenerator json, final String name, final List<RecordingFigures> rounds)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (final RecordingFigures figures : rounds) {
            json.writeStartObject();
            json.writeNumberField("bytes", figures.bytes());
            json.writeNumberField("messages", figures.messages());
            json.writeNumberField("recordedNs", figures.recordedNs());
            json.writeNumberField("durableNs", figures.durableNs());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
