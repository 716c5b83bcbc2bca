package io.tendon.certify.inject;

import io.tendon.certify.measure.FaultVerdict;
import io.tendon.schemas.SafetyState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** A report as text: the histograms of the three phases beside each other, then the figures, then the verdict. */
final class ReportText {
    private static final int BAR_WIDTH = 16;
    private static final double NS_PER_S = 1e9;
    private static final String LABEL = "  %-26s";
    private static final String CELL = "%9s %-16s  ";

    private ReportText() {}

    /**
     * Writes it.
     *
     * @param report what came of a fault.
     * @param nameOption of commands for this robot, with a space before it; empty for the default robot.
     * @return lines.
     */
    static List<String> lines(final InjectionReport report, final String nameOption) {
        final List<String> lines = new ArrayList<>();
        lines.add(report.fault() + ": " + report.description());
        lines.add("robot " + report.robot() + ", session " + report.session());
        lines.add("");
        lines.addAll(histogram(report.phases()));
        lines.add("");
        lines.add(textRow("median", report.phases(), phase -> phase.lateness().p50Ns()));
        lines.add(textRow(
                "99 of 100 below", report.phases(), phase -> phase.lateness().p99Ns()));
        lines.add(textRow(
                "999 of 1000 below", report.phases(), phase -> phase.lateness().p999Ns()));
        lines.add(textRow("latest", report.phases(), phase -> phase.lateness().maxNs()));
        lines.add(
                row("cycles executed", report.phases(), phase -> phase.losses().executed()));
        lines.add(row("cycles missed", report.phases(), phase -> phase.losses().missed()));
        lines.add(
                row("control: refused", report.phases(), phase -> phase.losses().refused()));
        lines.add(row(
                "fusion: not received", report.phases(), phase -> phase.losses().fusionMissed()));
        lines.add(row(
                "recorder: not received",
                report.phases(),
                phase -> phase.losses().recorderMissed()));
        lines.add("");
        report.account().forEach(line -> lines.add("fault: " + line));
        lines.add("recovery: " + recovery(report, nameOption));
        lines.add("recorder: " + report.recorderLagBytes() + " bytes of control.state behind at the end");
        lines.add("arm: " + report.safetyState() + arm(report.safetyState(), nameOption));
        if (report.unseen() > 0) {
            lines.add("note: " + report.unseen() + " cycles were not seen by this command, which was too slow itself");
        }
        lines.add(verdict(report.verdict()));
        return lines;
    }

    /** One row for each bucket up to the last that has a cycle. */
    static List<String> histogram(final List<Phase> phases) {
        final StringBuilder head = new StringBuilder(String.format(Locale.ROOT, LABEL, "lateness of control"));
        long most = 1;
        int last = 0;
        for (final Phase phase : phases) {
            head.append(String.format(
                    Locale.ROOT,
                    CELL,
                    phase.name(),
                    String.format(Locale.ROOT, "%.1f s", phase.durationNs() / NS_PER_S)));
            final List<Long> buckets = phase.lateness().buckets();
            for (int i = 0; i < buckets.size(); i++) {
                most = Math.max(most, buckets.get(i));
                last = buckets.get(i) > 0 ? Math.max(last, i) : last;
            }
        }
        final List<String> lines = new ArrayList<>(List.of(head.toString().stripTrailing()));
        for (int i = 0; i <= last; i++) {
            final StringBuilder line = new StringBuilder(String.format(Locale.ROOT, LABEL, Lateness.bucketName(i)));
            for (final Phase phase : phases) {
                final long count = phase.lateness().buckets().get(i);
                line.append(String.format(Locale.ROOT, CELL, count, bar(count, most)));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /** A bar on a logarithmic scale: one cycle is seen beside a million. */
    static String bar(final long count, final long most) {
        return count <= 0
                ? ""
                : "#".repeat((int)
                        Math.max(1, Math.round(BAR_WIDTH * Math.log1p((double) count) / Math.log1p((double) most))));
    }

    private static String row(final String label, final List<Phase> phases, final ToLongFunction<Phase> value) {
        final StringBuilder line = new StringBuilder(String.format(Locale.ROOT, LABEL, label));
        phases.forEach(phase -> line.append(String.format(Locale.ROOT, CELL, value.applyAsLong(phase), "")));
        return line.toString().stripTrailing();
    }

    private static String textRow(final String label, final List<Phase> phases, final ToLongFunction<Phase> valueNs) {
        final StringBuilder line = new StringBuilder(String.format(Locale.ROOT, LABEL, label));
        phases.forEach(
                phase -> line.append(String.format(Locale.ROOT, CELL, Lateness.text(valueNs.applyAsLong(phase)), "")));
        return line.toString().stripTrailing();
    }

    private static String recovery(final InjectionReport report, final String nameOption) {
        return report.recoveryNs() < 0
                ? "not all nodes work again; look at `tendon-status" + nameOption + "`"
                : String.format(
                        Locale.ROOT,
                        "all nodes ready and messages flowing %.2f s after the %s",
                        report.recoveryNs() / NS_PER_S,
                        report.isFromKill() ? "kill" : "end of the fault");
    }

    private static String arm(final SafetyState state, final String nameOption) {
        return switch (state) {
            case HOLDING -> "; go on with `control-node resume" + nameOption + "`";
            case STOPPED, FAULTED, EMERGENCY_STOPPED -> "; go on with `control-node reset" + nameOption + "`";
            default -> "";
        };
    }

    private static String verdict(final FaultVerdict verdict) {
        return verdict.isHeld()
                ? "verdict: held (" + String.join(", ", verdict.kept()) + ")"
                : "verdict: NOT HELD: " + String.join("; ", verdict.broken());
    }
}
