package io.tendon.fusion.rewindow;

import io.tendon.bus.config.Durations;
import java.io.PrintWriter;
import java.util.Locale;

/** What a rewindowing adds up to, for a person. */
final class RewindowText {
    private RewindowText() {}

    static void print(final PrintWriter out, final RewindowReport report) {
        final RewindowTotals totals = report.totals();
        out.printf(Locale.ROOT, "%-26s %12s %12s%n", "windows", "in the run", "with the log");
        row(out, "  complete", totals.completeInRun(), totals.completeWithLog());
        row(out, "  incomplete", totals.incompleteInRun(), totals.incompleteWithLog());
        row(out, "  not made", totals.notMade(), 0);
        row(out, "  without control", totals.silent(), totals.silent());
        out.printf(Locale.ROOT, "%-26s %12d%n", "samples expected", totals.slots());
        for (final SlotFate fate : SlotFate.values()) {
            out.printf(
                    Locale.ROOT,
                    "  %-24s %12d  %s%s%n",
                    fate.title(),
                    totals.slots(fate),
                    fate.meaning(),
                    fate == SlotFate.LATE ? "; fusion counted " + report.saidLate() : "");
        }
        if (totals.unrecordedSlots() > 0) {
            out.println(amount(totals.unrecordedSlots(), "sample") + " that fusion had "
                    + (totals.unrecordedSlots() == 1 ? "is" : "are")
                    + " not in the log; `persistence-node verify` says why");
        }
        if (report.unplacedSamples() > 0) {
            out.println(amount(report.unplacedSamples(), "sample")
                    + " of the log fit in no window: of two lives of control at once, or a third in one slot");
        }
        if (report.foreignWindows() > 0) {
            out.println(amount(report.foreignWindows(), "window")
                    + " of fusion left out: of another sample period, or made twice");
        }
        out.printf(
                Locale.ROOT,
                "%s  %s  %s of %s, %s each%n",
                report.sessionId(),
                report.state(),
                amount(totals.windows(), "window"),
                Durations.format(report.timing().windowNs()),
                amount(report.timing().slots(), "sample"));
        out.println(verdict(totals));
    }

    /** The closing line. */
    static String verdict(final RewindowTotals totals) {
        final StringBuilder line = new StringBuilder();
        if (totals.incompleteInRun() == 0) {
            line.append("every window that fusion made was complete in the run");
        } else {
            line.append(totals.becameComplete())
                    .append(" of ")
                    .append(amount(totals.incompleteInRun(), "window"))
                    .append(" that ")
                    .append(totals.incompleteInRun() == 1 ? "was" : "were")
                    .append(" incomplete in the run ")
                    .append(totals.becameComplete() == 1 ? "is" : "are")
                    .append(" complete with the log");
        }
        if (totals.notMade() > 0) {
            line.append("; of ")
                    .append(amount(totals.notMade(), "window"))
                    .append(" that fusion did not make, ")
                    .append(totals.notMadeComplete())
                    .append(totals.notMadeComplete() == 1 ? " is" : " are");
        }
        return line.toString();
    }

    private static void row(final PrintWriter out, final String title, final long inRun, final long withLog) {
        out.printf(Locale.ROOT, "%-26s %12d %12d%n", title, inRun, withLog);
    }

    private static String amount(final long count, final String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
