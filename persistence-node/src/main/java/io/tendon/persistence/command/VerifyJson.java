package io.tendon.persistence.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.sessionlog.verify.Finding;
import io.tendon.sessionlog.verify.FindingKind.Severity;
import io.tendon.sessionlog.verify.LossBalance;
import io.tendon.sessionlog.verify.Place;
import io.tendon.sessionlog.verify.StreamFigures;
import io.tendon.sessionlog.verify.TimeSpan;
import io.tendon.sessionlog.verify.VerifyReport;
import io.tendon.store.IndexFinding;
import io.tendon.store.IndexReport;
import io.tendon.store.vector.RecallFigures;
import java.io.IOException;
import java.util.Locale;

/**
 * What {@code verify} found, as one JSON object; what is not known is null:
 *
 * <pre>
 *   {"session":"…","state":"CLOSED","ok":false,
 *    "findings":[{"severity":"error","kind":"DAMAGED_FRAME","stream":"control.state","streamId":1001,"recording":7,
 *      "sessionId":-7,"fromPosition":4096,"toPosition":4672,"fromTimeNs":…,"toTimeNs":…,
 *      "firstSequence":8,"lastSequence":8,"text":"…"}, …],
 *    "summary":{"errors":1,…},"streams":[{"name":"control.state",…}, …],
 *    "losses":[{"stream":"control.state","writer":"control","refused":7,"missing":7,"missingRefused":7,…}, …],
 *    "indices":[{"severity":"error","index":"history","text":"…"}, …],
 *    "recall":[{"model":"…","records":40000,"coveredRecords":36864,"questions":100,"recallAt10":0.998,…}, …]}
 * </pre>
 */
final class VerifyJson {
    private VerifyJson() {}

    static void write(final JsonGenerator json, final VerifyReport report, final IndexReport indices)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("session", report.sessionId());
        json.writeStringField("state", report.state().name());
        json.writeBooleanField("ok", report.isOk() && indices.isOk());
        json.writeArrayFieldStart("findings");
        for (final Finding finding : report.findings()) {
            write(json, finding);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("summary");
        json.writeNumberField("errors", report.count(Severity.ERROR));
        json.writeNumberField("warnings", report.count(Severity.WARNING));
        json.writeNumberField("notes", report.count(Severity.NOTE));
        json.writeNumberField("recordings", report.recordings());
        json.writeNumberField("writerLives", report.writerLives());
        json.writeNumberField("messages", report.messages());
        json.writeNumberField("bytes", report.bytes());
        json.writeNumberField("missingExplained", report.missingExplained());
        json.writeNumberField("missingUnexplained", report.missingUnexplained());
        json.writeEndObject();
        json.writeArrayFieldStart("streams");
        for (final StreamFigures stream : report.streams()) {
            write(json, stream);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("losses");
        for (final LossBalance balance : report.losses()) {
            write(json, balance);
        }
        json.writeEndArray();
        write(json, indices);
        json.writeEndObject();
    }

    private static void write(final JsonGenerator json, final IndexReport indices) throws IOException {
        json.writeArrayFieldStart("indices");
        for (final IndexFinding finding : indices.findings()) {
            json.writeStartObject();
            json.writeStringField("severity", finding.isFault() ? "error" : "note");
            json.writeStringField("index", finding.index());
            json.writeStringField("text", finding.text());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("recall");
        for (final RecallFigures recall : indices.recall()) {
            json.writeStartObject();
            json.writeStringField("model", recall.model());
            json.writeNumberField("records", recall.records());
            json.writeNumberField("coveredRecords", recall.coveredRecords());
            json.writeNumberField("questions", recall.samples());
            json.writeNumberField("recallAt10", rounded(recall.recall()));
            json.writeNumberField("exactMedianNs", recall.exactMedianNs());
            json.writeNumberField("approximateMedianNs", recall.approximateMedianNs());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(final JsonGenerator json, final Finding finding) throws IOException {
        final Place place = finding.place();
        final boolean isOfSession = place.stream().isEmpty();
        json.writeStartObject();
        json.writeStringField("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        json.writeStringField("kind", finding.kind().name());
        json.writeStringField("stream", isOfSession ? null : place.stream());
        writeNumber(json, "streamId", place.streamId(), Place.UNKNOWN);
        writeNumber(json, "recording", place.recordingId(), Place.UNKNOWN);
        writeNumber(json, "sessionId", place.sessionId(), 0);
        writeNumber(json, "fromPosition", place.fromPosition(), Place.UNKNOWN);
        writeNumber(json, "toPosition", place.toPosition(), Place.UNKNOWN);
        writeNumber(json, "fromTimeNs", finding.times().fromNs(), TimeSpan.UNKNOWN);
        writeNumber(json, "toTimeNs", finding.times().toNs(), TimeSpan.UNKNOWN);
        if (finding.missing() == null) {
            json.writeNullField("firstSequence");
            json.writeNullField("lastSequence");
        } else {
            json.writeNumberField("firstSequence", finding.missing().first());
            json.writeNumberField("lastSequence", finding.missing().last());
        }
        json.writeStringField("text", finding.text());
        json.writeEndObject();
    }

    private static void write(final JsonGenerator json, final StreamFigures stream) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", stream.stream());
        json.writeNumberField("streamId", stream.streamId());
        json.writeNumberField("writerLives", stream.writerLives());
        json.writeNumberField("recordings", stream.recordings());
        json.writeNumberField("messages", stream.messages());
        json.writeNumberField("missingExplained", stream.missingExplained());
        json.writeNumberField("missingUnexplained", stream.missingUnexplained());
        json.writeNumberField("ratePerS", rounded(stream.ratePerS()));
        if (stream.isRegular()) {
            json.writeNumberField("expectedRatePerS", rounded(stream.expectedRatePerS()));
        } else {
            json.writeNullField("expectedRatePerS");
        }
        writeNumber(json, "firstTimeNs", stream.firstNs(), TimeSpan.UNKNOWN);
        writeNumber(json, "lastTimeNs", stream.lastNs(), TimeSpan.UNKNOWN);
        json.writeEndObject();
    }

    private static void write(final JsonGenerator json, final LossBalance balance) throws IOException {
        json.writeStartObject();
        json.writeStringField("stream", balance.stream());
        json.writeNumberField("sessionId", balance.sessionId());
        json.writeStringField("writer", balance.writer().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("refused", balance.refused());
        json.writeNumberField("missing", balance.missing());
        json.writeNumberField("missingRefused", balance.missingRefused());
        json.writeNumberField("refusedButRecorded", balance.refusedButRecorded());
        json.writeArrayFieldStart("readers");
        for (final LossBalance.ReaderShare reader : balance.readers()) {
            json.writeStartObject();
            json.writeStringField("name", reader.reader().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("missed", reader.missed());
            json.writeNumberField("refused", reader.refused());
            json.writeNumberField("unrecorded", reader.unrecorded());
            json.writeNumberField("leftBehind", reader.recorded());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeNumber(final JsonGenerator json, final String name, final long number, final long unknown)
            throws IOException {
        if (number == unknown) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, number);
        }
    }

    private static double rounded(final double ratePerS) {
        return Math.round(ratePerS * 1e3) / 1e3;
    }
}
