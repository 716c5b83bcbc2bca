package io.tendon.persistence.command;

import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.sessionlog.verify.Finding;
import io.tendon.sessionlog.verify.FindingKind.Severity;
import io.tendon.sessionlog.verify.Place;
import io.tendon.sessionlog.verify.TimeSpan;
import io.tendon.sessionlog.verify.VerifyReport;
import io.tendon.store.IndexFinding;
import io.tendon.store.IndexReport;
import io.tendon.store.vector.RecallFigures;
import java.io.PrintWriter;
import java.util.Locale;

/** What {@code verify} found, for a person. */
final class VerifyText {
    private static final double NS_PER_MS = 1e6;

    private VerifyText() {}

    static void print(final PrintWriter out, final VerifyReport report, final IndexReport indices) {
        report.findings().forEach(finding -> out.println(line(finding)));
        indices.findings().forEach(finding -> out.println(line(finding)));
        report.losses().forEach(balance -> out.println("losses  " + balance.text()));
        out.printf(
                Locale.ROOT,
                "%s  %s  %d messages of %d streams in %d recordings, %s read%n",
                report.sessionId(),
                report.state(),
                report.messages(),
                report.streams().size(),
                report.recordings(),
                Formats.bytes(report.bytes()));
        indices.recall().forEach(recall -> out.println(line(recall)));
        out.println(verdict(report, indices));
    }

    static String line(final IndexFinding finding) {
        return (finding.isFault() ? "error   " : "note    ") + finding.index() + ": " + finding.text()
                + (finding.isFault() ? "; `persistence-node repair` makes it again" : "");
    }

    private static String line(final RecallFigures recall) {
        return String.format(
                Locale.ROOT,
                "recall  vectors of model %s: %.3f of the 10 nearest found along the graph, %d questions; %.1f ms instead"
                        + " of %.1f ms; %d of %d vectors in it",
                recall.model(),
                recall.recall(),
                recall.samples(),
                recall.approximateMedianNs() / NS_PER_MS,
                recall.exactMedianNs() / NS_PER_MS,
                recall.coveredRecords(),
                recall.records());
    }

    static String line(final Finding finding) {
        final StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "%-8s", finding.severity().name().toLowerCase(Locale.ROOT)));
        final Place place = finding.place();
        if (!place.stream().isEmpty()) {
            line.append(place.stream());
            if (place.recordingId() != Place.UNKNOWN) {
                line.append(" recording ").append(place.recordingId());
            }
            if (place.fromPosition() != Place.UNKNOWN) {
                line.append(" at ").append(place.fromPosition());
                if (place.toPosition() != place.fromPosition()) {
                    line.append("..").append(place.toPosition());
                }
            }
            if (finding.times().fromNs() != TimeSpan.UNKNOWN) {
                line.append(", ").append(TimeSpan.instant(finding.times().fromNs()));
            }
            line.append(": ");
        }
        return line.append(finding.text()).toString();
    }

    private static String verdict(final VerifyReport report, final IndexReport indices) {
        final long errors = report.count(Severity.ERROR);
        final long warnings = report.count(Severity.WARNING);
        final StringBuilder line = new StringBuilder();
        if (errors > 0) {
            line.append("NOT WHOLE: ").append(Formats.amount(errors, "error"));
            if (report.missingUnexplained() > 0) {
                line.append(", ").append(Formats.amount(report.missingUnexplained(), "message"));
                line.append(" lost without a stated reason");
            }
        } else {
            line.append(report.state() == SessionState.CLOSED ? "whole" : "whole as far as it goes");
            line.append(": every frame is sound, no message is lost without a stated reason");
        }
        if (report.missingExplained() > 0) {
            line.append(", ").append(Formats.amount(report.missingExplained(), "message"));
            line.append(" lost for a stated one");
        }
        if (warnings > 0) {
            line.append("; ").append(Formats.amount(warnings, "warning"));
        }
        final long faults =
                indices.findings().stream().filter(IndexFinding::isFault).count();
        if (faults > 0) {
            line.append("; NOT so the indices made of it: ").append(Formats.amount(faults, "error"));
        }
        return line.toString();
    }
}
