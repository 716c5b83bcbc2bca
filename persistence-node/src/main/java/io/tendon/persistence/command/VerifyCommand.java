package io.tendon.persistence.command;

import io.tendon.bus.config.NodeCommand;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.sessionlog.verify.Finding;
import io.tendon.sessionlog.verify.FindingKind.Severity;
import io.tendon.sessionlog.verify.Place;
import io.tendon.sessionlog.verify.SessionVerifier;
import io.tendon.sessionlog.verify.TimeSpan;
import io.tendon.sessionlog.verify.VerifyReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads one whole session and says whether it is sound and complete, from files alone. Main thread. */
@Command(
        name = "verify",
        description = {
            "Reads one session whole and judges it: checksum and header of every frame, length of every message, no"
                    + " sequence number missing without a reason that the log states.",
            "Exit code 0 when it is whole, 1 when something is damaged or missing without a reason."
        },
        mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private SessionOption sessionOption = new SessionOption();

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean isJson;

    /** Called by Picocli. */
    public VerifyCommand() {}

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final Session session = sessionOption.findQuietly();
        final VerifyReport report = SessionVerifier.verify(session);
        if (isJson) {
            JsonOutput.write(out, json -> VerifyJson.write(json, report));
        } else {
            print(out, report);
        }
        return report.isOk() ? NodeCommand.EXIT_OK : NodeCommand.EXIT_FAILURE;
    }

    private static void print(final PrintWriter out, final VerifyReport report) {
        report.findings().forEach(finding -> out.println(line(finding)));
        report.losses().forEach(balance -> out.println("losses  " + balance.text()));
        out.printf(
                "%s  %s  %d messages of %d streams in %d recordings, %s read%n",
                report.sessionId(),
                report.state(),
                report.messages(),
                report.streams().size(),
                report.recordings(),
                Formats.bytes(report.bytes()));
        out.println(verdict(report));
    }

    private static String line(final Finding finding) {
        final StringBuilder line = new StringBuilder(
                String.format("%-8s", finding.severity().name().toLowerCase(Locale.ROOT)));
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

    private static String verdict(final VerifyReport report) {
        final long errors = report.count(Severity.ERROR);
        final long warnings = report.count(Severity.WARNING);
        final StringBuilder line = new StringBuilder();
        if (errors > 0) {
            line.append("NOT WHOLE: ").append(amount(errors, "error"));
            if (report.missingUnexplained() > 0) {
                line.append(", ").append(amount(report.missingUnexplained(), "message"));
                line.append(" lost without a stated reason");
            }
        } else {
            line.append(report.state() == SessionState.CLOSED ? "whole" : "whole as far as it goes");
            line.append(": every frame is sound, no message is lost without a stated reason");
        }
        if (report.missingExplained() > 0) {
            line.append(", ").append(amount(report.missingExplained(), "message"));
            line.append(" lost for a stated one");
        }
        if (warnings > 0) {
            line.append("; ").append(amount(warnings, "warning"));
        }
        return line.toString();
    }

    private static String amount(final long count, final String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
