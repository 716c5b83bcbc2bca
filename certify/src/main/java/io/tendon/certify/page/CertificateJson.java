package io.tendon.certify.page;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.bus.doctor.Finding;
import io.tendon.certify.certificate.Certificate;
import io.tendon.certify.certificate.MeasuredPhase;
import io.tendon.certify.certificate.Verdict;
import io.tendon.certify.certificate.VerdictLine;
import io.tendon.certify.measure.Percentiles;
import io.tendon.certify.measure.PhaseFigures;
import io.tendon.certify.measure.PublishCost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The certificate for machines: one object, {@code "verdict":[{"line","bar","value","ok"}]} first. Names end in their unit; percentiles are ns. */
public final class CertificateJson {
    private CertificateJson() {}

    /**
     * Writes it.
     *
     * @param certificate what was measured.
     * @param verdict on it.
     * @param file to write.
     * @throws IOException when it cannot be written.
     */
    public static void write(final Certificate certificate, final Verdict verdict, final Path file) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeBooleanField("ok", verdict.isGreen());
            verdict(json, verdict);
            json.writeStringField("startedAt", certificate.startedAt().toString());
            json.writeNumberField("durationS", certificate.durationS());
            json.writeBooleanField("quick", certificate.isQuick());
            json.writeBooleanField("tethered", certificate.isTethered());
            json.writeNumberField("stallMs", certificate.stallMs());
            json.writeObjectFieldStart("machine");
            for (final Map.Entry<String, String> entry : certificate.machine().entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("findings");
            for (final Finding finding : certificate.findings()) {
                json.writeStartObject();
                json.writeStringField("name", finding.name());
                json.writeStringField("status", finding.status().name().toLowerCase(Locale.ROOT));
                json.writeStringField("found", finding.found());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("notRun");
            for (final String line : certificate.notRun()) {
                json.writeString(line);
            }
            json.writeEndArray();
            publishing(json, certificate);
            others(json, certificate);
            json.writeArrayFieldStart("phases");
            figures(json, "witness over witness", certificate.witnessCheck().firstOverSecond());
            figures(
                    json,
                    "witness over witness, other way",
                    certificate.witnessCheck().secondOverFirst());
            figures(json, "story, no stalls", certificate.story().quiet());
            figures(json, "story, stalls", certificate.story().stalled());
            phase(json, certificate.undisturbed());
            for (final MeasuredPhase phase : certificate.faultPhases()) {
                phase(json, phase);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void verdict(final JsonGenerator json, final Verdict verdict) throws IOException {
        json.writeArrayFieldStart("verdict");
        for (final VerdictLine line : verdict.lines()) {
            json.writeStartObject();
            json.writeStringField("line", line.line());
            json.writeStringField("bar", line.bar());
            json.writeStringField("value", line.value());
            json.writeBooleanField("ok", line.isKept());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("leftOut");
        for (final String line : verdict.leftOut()) {
            json.writeString(line);
        }
        json.writeEndArray();
    }

    private static void others(final JsonGenerator json, final Certificate certificate) throws IOException {
        json.writeBooleanField("witnessHasRights", certificate.witnessCheck().hasRights());
        json.writeNumberField("warmUpS", certificate.warmUp().durationS());
        json.writeBooleanField("isCompilationOver", certificate.warmUp().isOver());
        if (certificate.tethered().isPresent()) {
            json.writeNumberField("tetheredSent", certificate.tethered().get().sent());
            json.writeNumberField(
                    "tetheredRefused", certificate.tethered().get().refused());
        }
        if (certificate.allocation().isPresent()) {
            json.writeNumberField("loopCycles", certificate.allocation().get().cycles());
            json.writeNumberField("loopBytes", certificate.allocation().get().loopBytes());
            json.writeNumberField("emptyBytes", certificate.allocation().get().emptyBytes());
        }
    }

    private static void publishing(final JsonGenerator json, final Certificate certificate) throws IOException {
        json.writeArrayFieldStart("publishing");
        if (certificate.publishing().isPresent()) {
            final PublishCost cost = certificate.publishing().get();
            for (final PublishCost.Pair pair : cost.pairs()) {
                pair(json, "none", pair);
            }
            for (final PublishCost.Pair pair : cost.recorded()) {
                pair(json, "writes", pair);
            }
            for (final PublishCost.Pair pair : cost.stalled()) {
                pair(json, "blocked", pair);
            }
        }
        json.writeEndArray();
    }

    private static void pair(final JsonGenerator json, final String recorder, final PublishCost.Pair pair)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("recorder", recorder);
        json.writeNumberField("oursP50Ns", pair.oursP50Ns());
        json.writeNumberField("oursP99Ns", pair.oursP99Ns());
        json.writeNumberField("rawP50Ns", pair.rawP50Ns());
        json.writeNumberField("rawP99Ns", pair.rawP99Ns());
        json.writeNumberField("againP50Ns", pair.againP50Ns());
        json.writeNumberField("againP99Ns", pair.againP99Ns());
        json.writeEndObject();
    }

    private static void phase(final JsonGenerator json, final MeasuredPhase phase) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", phase.name());
        json.writeNumberField("durationS", phase.durationS());
        json.writeNumberField("attempts", phase.attempts());
        json.writeNumberField("sent", phase.losses().sent());
        json.writeNumberField("refused", phase.losses().refused());
        json.writeNumberField("fusionReceived", phase.losses().fusionReceived());
        json.writeNumberField("fusionMissed", phase.losses().fusionMissed());
        json.writeNumberField("recoveryS", phase.recoveryS());
        json.writeArrayFieldStart("account");
        for (final String line : phase.account()) {
            json.writeString(line);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("broken");
        for (final String line : phase.broken()) {
            json.writeString(line);
        }
        json.writeEndArray();
        json.writeStringField("armState", phase.armState());
        json.writeBooleanField("disturbed", phase.figures().isDisturbed());
        fields(json, phase.figures());
        json.writeEndObject();
    }

    private static void figures(final JsonGenerator json, final String name, final PhaseFigures figures)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        fields(json, figures);
        json.writeEndObject();
    }

    private static void fields(final JsonGenerator json, final PhaseFigures figures) throws IOException {
        json.writeNumberField("ticks", figures.ticks());
        json.writeNumberField("unknown", figures.unknown());
        json.writeNumberField("missed", figures.missed().all());
        json.writeNumberField("missedByMachine", figures.missed().machine());
        json.writeNumberField("missedBySafepoint", figures.missed().safepoint());
        json.writeNumberField("missedByLongCycle", figures.missed().longCycle());
        json.writeNumberField("missedByLateWakeUp", figures.missed().lateWakeUp());
        json.writeNumberField("witnessMissed", figures.witnessMissed());
        json.writeNumberField("unexplained", figures.unexplained());
        json.writeNumberField("lateEpisodes", figures.lateEpisodes());
        json.writeNumberField("excessEpisodes", figures.excessEpisodes());
        percentiles(json, "latenessNs", figures.lateness());
        percentiles(json, "witnessLatenessNs", figures.witnessLateness());
        percentiles(json, "excessNs", figures.excess());
    }

    private static void percentiles(final JsonGenerator json, final String name, final Percentiles of)
            throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("p50", of.p50());
        json.writeNumberField("p99", of.p99());
        json.writeNumberField("p999", of.p999());
        json.writeNumberField("p9999", of.p9999());
        json.writeNumberField("max", of.max());
        json.writeEndObject();
    }
}
