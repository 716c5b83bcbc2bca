package io.tendon.persistence.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.sessionlog.json.JsonOutput;
import io.tendon.sessionlog.recording.RepairedRange;
import io.tendon.sessionlog.recording.RepairedRange.Kind;
import io.tendon.sessionlog.repair.LogRepairReport;
import io.tendon.sessionlog.verify.Finding;
import io.tendon.sessionlog.verify.FindingKind.Severity;
import io.tendon.store.IndexFinding;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What a repair has done, for a person and for machines. */
final class RepairText {
    private RepairText() {}

    static void print(final PrintWriter out, final RepairOutcome outcome) {
        final LogRepairReport log = outcome.log();
        final String mended = outcome.isDryRun() ? "would   " : "mended  ";
        log.actions().forEach(action -> out.println(mended + action));
        for (final RepairedRange range : log.ranges()) {
            out.println((range.kind() == Kind.RESTORED ? mended : "lost    ") + text(range));
        }
        outcome.indexActions().forEach(action -> out.println(mended + action));
        log.warnings().forEach(warning -> out.println("warning " + warning));
        log.verified().findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .forEach(finding -> out.println(VerifyText.line(finding)));
        outcome.indices().findings().forEach(finding -> out.println(VerifyText.line(finding)));
        out.println(log.sessionId() + "  " + verdict(outcome));
        out.flush();
    }

    static void write(final JsonGenerator json, final List<RepairOutcome> outcomes) throws IOException {
        json.writeStartArray();
        for (final RepairOutcome outcome : outcomes) {
            json.writeStartObject();
            json.writeStringField("session", outcome.log().sessionId());
            json.writeBooleanField("dryRun", outcome.isDryRun());
            json.writeBooleanField("ok", outcome.isOk());
            json.writeNumberField("lostMessages", outcome.log().lostMessages());
            json.writeArrayFieldStart("ranges");
            for (final RepairedRange range : outcome.log().ranges()) {
                write(json, range);
            }
            json.writeEndArray();
            JsonOutput.writeStrings(json, "actions", outcome.log().actions());
            JsonOutput.writeStrings(json, "indexActions", outcome.indexActions());
            JsonOutput.writeStrings(json, "warnings", outcome.log().warnings());
            JsonOutput.writeStrings(
                    json,
                    "errors",
                    outcome.log().verified().findings().stream()
                            .filter(finding -> finding.severity() == Severity.ERROR)
                            .map(Finding::text)
                            .toList());
            JsonOutput.writeStrings(
                    json,
                    "indexFaults",
                    outcome.indices().findings().stream()
                            .filter(IndexFinding::isFault)
                            .map(finding -> finding.index() + ": " + finding.text())
                            .toList());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(final JsonGenerator json, final RepairedRange range) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", range.kind().name().toLowerCase(Locale.ROOT));
        json.writeStringField("stream", StreamCatalog.nameOf(range.streamId()));
        writeNumber(json, "recording", range.recordingId());
        writeNumber(json, "fromPosition", range.fromPosition());
        writeNumber(json, "toPosition", range.toPosition());
        writeNumber(json, "firstSequence", range.firstSequence());
        writeNumber(json, "lastSequence", range.lastSequence());
        writeTime(json, "fromTimeNs", range.fromNs());
        writeTime(json, "toTimeNs", range.toNs());
        if (range.kind() == Kind.LOST && !range.detail().equals(RepairedRange.NO_DETAIL)) {
            json.writeStringField("bytes", range.detail());
        }
        json.writeStringField("reason", range.reason());
        json.writeEndObject();
    }

    private static String text(final RepairedRange range) {
        final StringBuilder text = new StringBuilder(StreamCatalog.nameOf(range.streamId()));
        if (range.recordingId() != RepairedRange.UNKNOWN) {
            text.append(" recording ")
                    .append(range.recordingId())
                    .append(" at ")
                    .append(range.fromPosition())
                    .append("..")
                    .append(range.toPosition());
        }
        if (range.fromNs() != Long.MIN_VALUE) {
            text.append(", ").append(instant(range.fromNs()));
            if (range.toNs() != Long.MIN_VALUE) {
                text.append(" to ").append(instant(range.toNs()));
            }
        }
        text.append(": ").append(range.reason());
        if (range.kind() != Kind.RESTORED) {
            text.append(range.messages() == 0 ? "; no message is known to be lost" : "; " + amount(range));
        }
        if (range.kind() == Kind.LOST && !range.detail().equals(RepairedRange.NO_DETAIL)) {
            text.append("; what stood there is in repair/").append(range.detail());
        }
        return text.toString();
    }

    private static String amount(final RepairedRange range) {
        return range.messages() == 1
                ? "1 message (sequence " + range.firstSequence() + ")"
                : range.messages() + " messages (sequences " + range.firstSequence() + " to " + range.lastSequence()
                        + ")";
    }

    private static String verdict(final RepairOutcome outcome) {
        final LogRepairReport log = outcome.log();
        if (!outcome.isOk()) {
            return outcome.isDryRun() ? "DAMAGED; nothing was changed" : "NOT REPAIRED: see the errors above";
        }
        if (!log.isAnythingDone() && outcome.indexActions().isEmpty()) {
            return "nothing to repair";
        }
        return "repaired, and verified: "
                + (log.lostMessages() == 0
                        ? "no message is lost"
                        : Formats.amount(log.lostMessages(), "message") + " lost, as named");
    }

    private static Instant instant(final long epochNs) {
        return Instant.ofEpochSecond(0, epochNs);
    }

    private static void writeNumber(final JsonGenerator json, final String name, final long number) throws IOException {
        if (number != RepairedRange.UNKNOWN) {
            json.writeNumberField(name, number);
        }
    }

    private static void writeTime(final JsonGenerator json, final String name, final long epochNs) throws IOException {
        if (epochNs != Long.MIN_VALUE) {
            json.writeNumberField(name, epochNs);
        }
    }
}
