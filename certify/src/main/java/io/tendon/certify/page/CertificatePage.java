package io.tendon.certify.page;

import io.tendon.certify.certificate.Certificate;
import io.tendon.certify.certificate.MeasuredPhase;
import io.tendon.certify.certificate.Verdict;
import io.tendon.certify.certificate.VerdictLine;
import io.tendon.certify.measure.MissedTicks;
import io.tendon.certify.measure.Percentiles;
import io.tendon.certify.measure.PhaseFigures;
import io.tendon.certify.measure.PublishCost;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The certificate as one HTML file for a reader who knows nothing of the project. Its texts stand in {@code page.html}. */
public final class CertificatePage {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private static final int PERCENTILES = 5;

    private CertificatePage() {}

    /**
     * Makes the page.
     *
     * @param certificate what was measured.
     * @param verdict on it.
     * @return HTML, self-contained.
     */
    public static String render(final Certificate certificate, final Verdict verdict) {
        return template()
                .replace("{{class}}", verdict.isGreen() ? "green" : "red")
                .replace("{{headline}}", headline(certificate, verdict))
                .replace("{{time}}", TIME.format(certificate.startedAt()))
                .replace("{{minutes}}", String.format(Locale.ROOT, "%.1f", certificate.durationS() / 60))
                .replace("{{processor}}", Html.escape(certificate.machine().getOrDefault("processor", "")))
                .replace(
                        "{{seconds}}",
                        String.format(Locale.ROOT, "%.0f", certificate.stall().durationS()))
                .replace("{{stall}}", Long.toString(certificate.stallMs()))
                .replace("{{verdict}}", verdict(verdict))
                .replace("{{story}}", story(certificate))
                .replace("{{excess}}", ExcessChart.draw(certificate.robotPhases()))
                .replace("{{phases}}", phases(certificate))
                .replace("{{consequences}}", consequences(certificate))
                .replace("{{accounts}}", accounts(certificate))
                .replace("{{misses}}", misses(certificate))
                .replace("{{witness}}", witness(certificate))
                .replace("{{warmup}}", warmUp(certificate))
                .replace("{{publishing}}", publishing(certificate))
                .replace("{{machine}}", machine(certificate));
    }

    private static String headline(final Certificate certificate, final Verdict verdict) {
        final String robot = certificate.isTethered() ? "The robot without isolation" : "This robot";
        final String extent = certificate.isQuick() ? " (short run)" : "";
        return verdict.isGreen()
                ? robot + " kept all " + verdict.lines().size() + " promises that were tested" + extent
                : robot + " broke "
                        + verdict.lines().stream()
                                .filter(line -> !line.isKept())
                                .count() + " of "
                        + verdict.lines().size() + " promises" + extent;
    }

    private static String verdict(final Verdict verdict) {
        final StringBuilder html = new StringBuilder("<table class=\"verdict\"><thead><tr><th></th><th>promise</th>"
                + "<th>bar</th><th>measured</th></tr></thead><tbody>\n");
        for (final VerdictLine line : verdict.lines()) {
            html.append("<tr class=\"")
                    .append(line.isKept() ? "kept" : "broken")
                    .append("\"><td>")
                    .append(line.isKept() ? "kept" : "BROKEN")
                    .append("</td><td>")
                    .append(Html.escape(line.line()))
                    .append("</td><td>")
                    .append(Html.escape(line.bar()))
                    .append("</td><td>")
                    .append(Html.escape(line.value()))
                    .append("</td></tr>\n");
        }
        for (final String line : verdict.leftOut()) {
            html.append("<tr><td>left out</td><td>").append(Html.escape(line)).append("</td><td></td><td></td></tr>\n");
        }
        return html.append("</tbody></table>\n").toString();
    }

    private static String story(final Certificate certificate) {
        return LatenessChart.draw(List.of(
                new LatenessChart.Strip(
                        "the shared-pool design: two flushes that stall " + certificate.stallMs()
                                + " ms, each once a second",
                        certificate.story().stalled()),
                new LatenessChart.Strip(
                        "this robot (disk-stall): a write of the recorder stalls as long, once a second",
                        certificate.stall().figures())));
    }

    private static String phases(final Certificate certificate) {
        final List<List<String>> rows = new ArrayList<>();
        rows.add(storyRow("shared pool, no stalls", certificate.story().quiet()));
        rows.add(storyRow("shared pool, stalls", certificate.story().stalled()));
        certificate.robotPhases().forEach(phase -> rows.add(row(phase.name(), phase.figures())));
        return Html.table(
                List.of(
                        "stretch",
                        "ticks",
                        "late p50",
                        "p99",
                        "p99.9",
                        "p99.99",
                        "max",
                        "EXCESS p50",
                        "p99",
                        "p99.9",
                        "p99.99",
                        "max"),
                rows);
    }

    private static List<String> row(final String name, final PhaseFigures figures) {
        final List<String> row = new ArrayList<>(List.of(name, Long.toString(figures.ticks())));
        percentiles(row, figures.lateness());
        percentiles(row, figures.excess());
        return row;
    }

    /** Without EXCESS: its threads share neither priority nor core with the witness. */
    private static List<String> storyRow(final String name, final PhaseFigures figures) {
        final List<String> row = new ArrayList<>(List.of(name, Long.toString(figures.ticks())));
        percentiles(row, figures.lateness());
        row.addAll(Collections.nCopies(PERCENTILES, "-"));
        return row;
    }

    private static String consequences(final Certificate certificate) {
        final List<List<String>> rows = new ArrayList<>();
        for (final MeasuredPhase phase : certificate.robotPhases()) {
            rows.add(List.of(
                    phase.name(),
                    String.format(Locale.ROOT, "%.1f s", phase.durationS()),
                    Long.toString(phase.losses().sent()),
                    Long.toString(phase.losses().refused()),
                    Long.toString(phase.losses().fusionMissed()),
                    Long.toString(phase.figures().unexplained()),
                    Long.toString(phase.figures().unknown()),
                    phase.recoveryS() < 0 ? "never" : String.format(Locale.ROOT, "%.1f s", phase.recoveryS()),
                    phase.armState(),
                    phase.attempts() + (phase.figures().isDisturbed() ? ", still disturbed" : "")));
        }
        return Html.table(
                List.of(
                        "stretch",
                        "length",
                        "messages of control",
                        "refused",
                        "missed by fusion",
                        "late, not by the machine",
                        "ticks without control",
                        "all nodes work again after",
                        "arm then",
                        "attempts"),
                rows);
    }

    private static void percentiles(final List<String> row, final Percentiles of) {
        for (final long ns : new long[] {of.p50(), of.p99(), of.p999(), of.p9999(), of.max()}) {
            row.add(Html.duration(ns));
        }
    }

    private static String accounts(final Certificate certificate) {
        final StringBuilder html = new StringBuilder("<ul>\n");
        for (final MeasuredPhase phase : certificate.faultPhases()) {
            html.append("<li><b>")
                    .append(Html.escape(phase.name()))
                    .append("</b>: ")
                    .append(Html.escape(phase.description()))
                    .append(". ")
                    .append(Html.escape(String.join("; ", phase.account())))
                    .append(
                            phase.broken().isEmpty()
                                    ? ""
                                    : " <b>Broken: " + Html.escape(String.join("; ", phase.broken())) + "</b>")
                    .append("</li>\n");
        }
        certificate
                .notRun()
                .forEach(line ->
                        html.append("<li>not done: ").append(Html.escape(line)).append("</li>\n"));
        return html.append("</ul>\n").toString();
    }

    private static String misses(final Certificate certificate) {
        final List<List<String>> rows = new ArrayList<>();
        for (final MeasuredPhase phase : certificate.robotPhases()) {
            rows.add(misses(phase.name(), phase.figures()));
        }
        return Html.table(
                List.of(
                        "stretch",
                        "missed",
                        "the machine",
                        "a safepoint",
                        "a long cycle before",
                        "a late wake-up",
                        "witness missed"),
                rows);
    }

    private static List<String> misses(final String name, final PhaseFigures figures) {
        final MissedTicks missed = figures.missed();
        return List.of(
                name,
                Long.toString(missed.all()),
                Long.toString(missed.machine()),
                Long.toString(missed.safepoint()),
                Long.toString(missed.longCycle()),
                Long.toString(missed.lateWakeUp()),
                Long.toString(figures.witnessMissed()));
    }

    private static String witness(final Certificate certificate) {
        final List<List<String>> rows = new ArrayList<>();
        rows.add(witness("one over the other", certificate.witnessCheck().firstOverSecond()));
        rows.add(witness("the other over the one", certificate.witnessCheck().secondOverFirst()));
        return Html.table(
                List.of("EXCESS of two equal witnesses", "ticks", "p50", "p99", "p99.9", "p99.99", "max"), rows);
    }

    private static List<String> witness(final String name, final PhaseFigures figures) {
        final List<String> row = new ArrayList<>(List.of(name, Long.toString(figures.ticks())));
        percentiles(row, figures.excess());
        return row;
    }

    private static String warmUp(final Certificate certificate) {
        final var warmUp = certificate.warmUp();
        return "<p>Before anything was measured the robot ran for " + warmUp.durationS() + " s"
                + (warmUp.isOver()
                        ? ", until its compiler had been idle for five seconds"
                        : ", and its compiler was <b>not</b> idle then")
                + ". Compiling in each of these seconds, in 1/100 s: "
                + warmUp.compileHundredths() + ".</p>\n";
    }

    private static String publishing(final Certificate certificate) {
        if (certificate.publishing().isEmpty()) {
            return "<p>Not measured in a short run.</p>\n";
        }
        final PublishCost cost = certificate.publishing().get();
        final List<List<String>> rows = new ArrayList<>();
        cost.pairs().forEach(pair -> rows.add(row("no recorder, a process each", pair)));
        cost.recorded().forEach(pair -> rows.add(row("recorder writes", pair)));
        cost.stalled().forEach(pair -> rows.add(row("recorder blocked", pair)));
        return Html.table(
                List.of(
                        "1,000 messages of Tendon's",
                        "Tendon p50",
                        "p99",
                        "bare Aeron p50",
                        "p99",
                        "bare Aeron again p50",
                        "p99",
                        "ratio p50",
                        "p99"),
                rows);
    }

    private static List<String> row(final String when, final PublishCost.Pair pair) {
        return List.of(
                when,
                Html.duration(pair.oursP50Ns()),
                Html.duration(pair.oursP99Ns()),
                Html.duration(pair.rawP50Ns()),
                Html.duration(pair.rawP99Ns()),
                Html.duration(pair.againP50Ns()),
                Html.duration(pair.againP99Ns()),
                String.format(Locale.ROOT, "%.2f", pair.ratioP50()),
                String.format(Locale.ROOT, "%.2f", pair.ratioP99()));
    }

    private static String machine(final Certificate certificate) {
        return Html.table(
                        List.of("", ""),
                        certificate.machine().entrySet().stream()
                                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                                .toList())
                + "<p>Whether it is set up for control, as <code>control-node doctor</code> says:</p>\n"
                + Html.table(
                        List.of("", "", "found", "why it matters", "what mends it"),
                        certificate.findings().stream()
                                .map(finding -> List.of(
                                        finding.status().name().toLowerCase(Locale.ROOT),
                                        finding.name(),
                                        finding.found(),
                                        finding.why(),
                                        finding.remedy()))
                                .toList());
    }

    private static String template() {
        try (InputStream template = Objects.requireNonNull(CertificatePage.class.getResourceAsStream("page.html"))) {
            return new String(template.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
