package io.tendon.fusion.rewindow;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;

/**
 * What a rewindowing found, as one JSON object; masks are unsigned:
 *
 * <pre>
 *   {"session":"…","state":"CLOSED","windowNs":10000000,"samplePeriodNs":1000000,
 *    "windows":{"compared":3000,"notMade":0,"withoutControl":0,"inRun":{"complete":2990,"incomplete":10},
 *      "withLog":{"complete":2998,"incomplete":2},"becameComplete":8,"notMadeComplete":0,"differing":8},
 *    "samples":{"expected":30000,"inTime":29980,"late":14,…,"saidLate":14,"unrecorded":0,"unplaced":0},
 *    "foreignWindows":0,
 *    "differing":[{"startNs":…,"made":true,"maskInRun":1015,"maskWithLog":1023,"slots":"###l######"}, …]}
 * </pre>
 */
final class RewindowJson {
    private RewindowJson() {}

    static void write(final JsonGenerator json, final RewindowReport report, final List<ComparedWindow> differing)
            throws IOException {
        final RewindowTotals totals = report.totals();
        json.writeStartObject();
        json.writeStringField("session", report.sessionId());
        json.writeStringField("state", report.state());
        json.writeNumberField("windowNs", report.timing().windowNs());
        json.writeNumberField("samplePeriodNs", report.timing().samplePeriodNs());
        json.writeObjectFieldStart("windows");
        json.writeNumberField("compared", totals.windows());
        json.writeNumberField("notMade", totals.notMade());
        json.writeNumberField("withoutControl", totals.silent());
        write(json, "inRun", totals.completeInRun(), totals.incompleteInRun());
        write(json, "withLog", totals.completeWithLog(), totals.incompleteWithLog());
        json.writeNumberField("becameComplete", totals.becameComplete());
        json.writeNumberField("notMadeComplete", totals.notMadeComplete());
        json.writeNumberField("differing", totals.differing());
        json.writeEndObject();
        json.writeObjectFieldStart("samples");
        json.writeNumberField("expected", totals.slots());
        for (final SlotFate fate : SlotFate.values()) {
            json.writeNumberField(fate.key(), totals.slots(fate));
        }
        json.writeNumberField("saidLate", report.saidLate());
        json.writeNumberField("unrecorded", totals.unrecordedSlots());
        json.writeNumberField("unplaced", report.unplacedSamples());
        json.writeEndObject();
        json.writeNumberField("foreignWindows", report.foreignWindows());
        json.writeArrayFieldStart("differing");
        for (final ComparedWindow window : differing) {
            write(json, window);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(final JsonGenerator json, final String name, final long complete, final long incomplete)
            throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("complete", complete);
        json.writeNumberField("incomplete", incomplete);
        json.writeEndObject();
    }

    private static void write(final JsonGenerator json, final ComparedWindow window) throws IOException {
        json.writeStartObject();
        json.writeNumberField("startNs", window.startNs());
        json.writeBooleanField("made", window.isMade());
        writeMask(json, "maskInRun", window.maskInRun());
        writeMask(json, "maskWithLog", window.maskWithLog());
        json.writeStringField("slots", window.letters());
        json.writeEndObject();
    }

    private static void writeMask(final JsonGenerator json, final String name, final long mask) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(new BigInteger(Long.toUnsignedString(mask)));
    }
}
