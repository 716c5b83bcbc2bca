package io.tendon.persistence.command;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.sessionlog.SessionCatalog;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.json.JsonOutput;
import io.tendon.sessionlog.option.SessionOption;
import io.tendon.sessionlog.repair.LogRepair;
import io.tendon.sessionlog.repair.LogRepairReport;
import io.tendon.store.IndexReport;
import io.tendon.store.IndexVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.agrona.concurrent.SystemEpochClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code persistence-node repair}: mends what is damaged of sessions that nobody has open. Main thread. */
@picocli.CommandLine.Command(
        name = "repair",
        description = {
            "Mends a session of which bytes or files are damaged or gone: log, archive's catalog, manifest, and the indices"
                    + " made of it. What cannot be read is named, and its bytes are kept in the session's directory"
                    + " repair/. Nobody may record or replay the session meanwhile.",
            "Exit code 0 when verify finds nothing wrong afterwards but losses that are named, else 1."
        },
        mixinStandardHelpOptions = true)
public final class RepairCommand implements Callable<Integer> {
    private static final String ALL = "all";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Option(
            names = "--session",
            paramLabel = "ID",
            description = "Session, or the beginning of its id, or all; see `persistence-node sessions` (default: the"
                    + " latest).")
    private @Nullable String session;

    @Option(names = "--dry-run", description = "Only says what is damaged and would be done; writes nothing.")
    private boolean isDryRun;

    @Option(names = "--json", description = "Prints one JSON array, an object for each session.")
    private boolean isJson;

    /** Called by Picocli. */
    public RepairCommand() {}

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final List<RepairOutcome> outcomes = new ArrayList<>();
        int failed = 0;
        for (final SessionDirectory directory : sessions()) {
            try {
                final RepairOutcome outcome = repair(directory);
                outcomes.add(outcome);
                failed += outcome.isOk() ? 0 : 1;
                if (!isJson) {
                    RepairText.print(out, outcome);
                }
            } catch (final CommandFailure e) {
                failed++;
                spec.commandLine().getErr().println(e.getMessage());
            }
        }
        if (isJson) {
            JsonOutput.write(out, json -> RepairText.write(json, outcomes));
        }
        return failed == 0 ? NodeCommand.EXIT_OK : NodeCommand.EXIT_FAILURE;
    }

    private List<SessionDirectory> sessions() {
        SessionOption.requireName(session);
        final SessionCatalog catalog = new SessionCatalog(options.dataDirectory());
        final List<SessionDirectory> directories = catalog.directories();
        if (ALL.equals(session) && !directories.isEmpty()) {
            return directories;
        }
        return List.of(SessionOption.directory(catalog, session));
    }

    private static void requireUnrecorded(final SessionDirectory directory) {
        try {
            RepairGuard.requireUnrecorded(directory);
        } catch (final IOException e) {
            throw new CommandFailure("the robots of this user cannot be listed (" + e + "); check the rights");
        }
    }

    private RepairOutcome repair(final SessionDirectory directory) {
        if (isDryRun) {
            requireUnrecorded(directory);
        }
        try (@Nullable RepairGuard guard = isDryRun ? null : new RepairGuard(directory)) {
            final LogRepairReport log = LogRepair.run(directory, isDryRun, SystemEpochClock.INSTANCE);
            final IndexRepair indices =
                    new IndexRepair(directory, spec.commandLine().getErr());
            IndexReport found = isDryRun && log.isAnythingDone()
                    ? IndexVerifier.unchecked(directory, "the log is damaged")
                    : IndexVerifier.verify(directory);
            if (!isDryRun) {
                found = indices.run(found);
            }
            return new RepairOutcome(isDryRun, log, indices.actions(), found);
        } catch (final IOException | UncheckedIOException e) {
            throw new CommandFailure("session " + directory.sessionId() + ": the disk refuses (" + e.getMessage()
                    + "); free some space there, check its rights, and repair again: what was done until then stays");
        }
    }
}
