package io.tendon.persistence.command;

import io.tendon.bus.config.NodeCommand;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.json.JsonOutput;
import io.tendon.sessionlog.option.SessionOption;
import io.tendon.sessionlog.verify.FindingKind;
import io.tendon.sessionlog.verify.SessionVerifier;
import io.tendon.sessionlog.verify.VerifyReport;
import io.tendon.store.IndexReport;
import io.tendon.store.IndexVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Set;
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
                    + " sequence number missing without a reason that the log states; and the indices made of it, where"
                    + " there are any, against it.",
            "Exit code 0 when it is whole, 1 when something is damaged or missing without a reason."
        },
        mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {
    private static final Set<FindingKind> DAMAGE = Set.of(
            FindingKind.DAMAGED_FRAME,
            FindingKind.WRONG_LENGTH,
            FindingKind.MISSING_FILES,
            FindingKind.CATALOG_MISMATCH);

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
        final IndexReport indices = report.findings().stream().anyMatch(finding -> DAMAGE.contains(finding.kind()))
                ? IndexVerifier.unchecked(session.directory(), "the log is damaged")
                : IndexVerifier.verify(session.directory());
        if (isJson) {
            JsonOutput.write(out, json -> VerifyJson.write(json, report, indices));
        } else {
            VerifyText.print(out, report, indices);
        }
        return report.isOk() && indices.isOk() ? NodeCommand.EXIT_OK : NodeCommand.EXIT_FAILURE;
    }
}
