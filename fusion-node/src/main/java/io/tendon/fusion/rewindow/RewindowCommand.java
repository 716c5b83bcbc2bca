package io.tendon.fusion.rewindow;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import io.tendon.bus.config.NodeCommand;
import io.tendon.fusion.link.RecordedStatements.SaidWindow;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.json.JsonOutput;
import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.sessionlog.option.SessionOption;
import io.tendon.sessionlog.option.TimeRangeOption;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.Damage;
import io.tendon.sessionlog.recording.MessageCursor;
import io.tendon.sessionlog.recording.StreamReader;
import io.tendon.sessionlog.recording.TimeRange;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the windows of a recorded session anew, from files alone. Main thread. */
@Command(
        name = "rewindow",
        description = {
            "Makes the windows of a recorded session anew, with everything that is in the log, and shows which of them fusion"
                    + " had closed without all their samples, and why.",
            "Exit code 0 whatever the windows hold, 1 when the session cannot be read whole."
        },
        mixinStandardHelpOptions = true)
public final class RewindowCommand implements Callable<Integer> {
    /** How far around a range samples are read, for the causes at its ends. */
    private static final long AROUND_NS = 2_000_000_000L;

    private static final long DEFAULT_FIRST = 20;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private SessionOption sessionOption = new SessionOption();

    @Mixin
    private TimeRangeOption timeRange = new TimeRangeOption();

    @Option(
            names = "--window",
            paramLabel = "TIME",
            converter = Durations.Converter.class,
            description = "Length of the windows: whole sample periods of the run (default: that of the run).")
    private @Nullable Long windowNs;

    @Option(
            names = "--first",
            paramLabel = "N",
            description = "How many lines, and in JSON windows, of those that differ to show (default: " + DEFAULT_FIRST
                    + ").")
    private long first = DEFAULT_FIRST;

    @Option(names = "--all", description = "Shows each window that differs.")
    private boolean isAll;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean isJson;

    /** Called by Picocli. */
    public RewindowCommand() {}

    @Override
    public Integer call() throws IOException {
        if (first < 0) {
            throw new ConfigException("first", first, "must be 0 or more", "--all shows each");
        }
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final Session session = sessionOption.find();
        final long limit = isAll ? Long.MAX_VALUE : first;
        final Set<String> damages = new LinkedHashSet<>();
        if (isJson) {
            final List<ComparedWindow> differing = new ArrayList<>();
            final RewindowReport report = compare(session, damages, window -> {
                if (window.isDifferent() && differing.size() < limit) {
                    differing.add(window);
                }
            });
            JsonOutput.write(out, json -> RewindowJson.write(json, report, differing));
        } else {
            final WindowLines lines = new WindowLines(out, session.manifest().startedNs(), limit);
            final RewindowReport report = compare(session, damages, lines::onWindow);
            lines.end();
            RewindowText.print(out, report);
            out.flush();
        }
        damages.forEach(err::println);
        return damages.isEmpty() && session.faults().isEmpty() ? NodeCommand.EXIT_OK : NodeCommand.EXIT_FAILURE;
    }

    private RewindowReport compare(
            final Session session, final Set<String> damages, final Consumer<ComparedWindow> listener) {
        final TimeRange range = timeRange.range(session);
        final TimeRange around = new TimeRange(
                Math.max(range.fromNs(), Long.MIN_VALUE + AROUND_NS) - AROUND_NS,
                Math.min(range.toNs(), Long.MAX_VALUE - AROUND_NS) + AROUND_NS);
        final TimeRange behind = new TimeRange(around.fromNs(), Long.MAX_VALUE);
        try (MessageCursor states = open(session, StreamCatalog.FUSION_STATE, behind, damages);
                MessageCursor samples = open(session, StreamCatalog.CONTROL_STATE, around, damages);
                MessageCursor events = open(session, StreamCatalog.FUSION_EVENT, behind, damages)) {
            final RunWindows run = new RunWindows(states);
            final RewindowTiming timing = RewindowTiming.of(firstWindow(run, session), askedForNs());
            final CycleGaps gaps = new CycleGaps(timing.samplePeriodNs());
            final LogWindows log = new LogWindows(samples, timing.windowNs(), timing.samplePeriodNs(), gaps);
            final UnseenSamples unseen = UnseenSamples.read(events, StreamCatalog.CONTROL_STATE.streamId());
            final SessionState state = session.manifest().presentState();
            final RewindowTotals totals =
                    new Rewindow(run, log, gaps, unseen, timing, range, state == SessionState.OPEN).run(listener);
            if (totals.windows() == 0) {
                throw nothing(session, "in that range");
            }
            return new RewindowReport(
                    session.directory().sessionId(),
                    state.name(),
                    timing,
                    totals,
                    run.late(),
                    run.foreign(),
                    log.unplaced());
        }
    }

    /** Only what stands on the command line: the configuration file says how fusion runs now, not how it ran then. */
    private @Nullable Long askedForNs() {
        return spec.commandLine().getParseResult().hasMatchedOption("--window") ? windowNs : null;
    }

    private static SaidWindow firstWindow(final RunWindows run, final Session session) {
        final SaidWindow window = run.first();
        if (window == null) {
            throw nothing(session, "that is in the log");
        }
        return window;
    }

    private static CommandFailure nothing(final Session session, final String where) {
        return new CommandFailure("session " + session.directory().sessionId() + ": fusion made no window " + where
                + "; `persistence-node info` shows what was recorded, and when");
    }

    private static MessageCursor open(
            final Session session, final StreamDescriptor stream, final TimeRange range, final Set<String> damages) {
        final ArchiveListing listing = ArchiveListing.of(session.directory().archive());
        return new StreamReader(
                session.directory().archive(),
                listing.recordings(),
                stream.streamId(),
                range,
                (final Damage damage) -> damages.add("damaged, skipped: " + damage.text()));
    }
}
