package io.tendon.persistence.command;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import io.tendon.bus.config.NodeCommand;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.incident.Incident;
import io.tendon.sessionlog.incident.IncidentCause;
import io.tendon.sessionlog.incident.IncidentFiles;
import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.sessionlog.option.SessionOption;
import io.tendon.sessionlog.option.SessionTime;
import io.tendon.sessionlog.verify.TimeSpan;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code persistence-node keep}: keeps a range of a session from being deleted. */
@Command(
        name = "keep",
        description = "Keeps a range of a session from being deleted, around now or around --at.",
        mixinStandardHelpOptions = true)
public final class KeepCommand implements Callable<Integer> {
    private static final double NS_PER_S = 1e9;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private SessionOption sessionOption = new SessionOption();

    @Option(
            names = "--before",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Durations.Converter.class,
            description = "How much to keep from before it (default: ${DEFAULT-VALUE}).")
    private long beforeNs;

    @Option(
            names = "--after",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = Durations.Converter.class,
            description = "How much to keep from after it (default: ${DEFAULT-VALUE}).")
    private long afterNs;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = SessionTime.Converter.class,
            description = "When: an instant, or since the session's start (default: the last that was recorded).")
    private @Nullable SessionTime at;

    @Option(names = "--why", paramLabel = "TEXT", required = true, description = "Why, for whoever finds it.")
    private String why = "";

    /** Called by Picocli. */
    public KeepCommand() {}

    @Override
    public Integer call() {
        if (why.isBlank()) {
            throw new ConfigException("why", why, "must say something", "whoever finds the range wants to know");
        }
        final Session session = sessionOption.find();
        final long startedNs = session.manifest().startedNs();
        final long endedNs = session.manifest().endedNs();
        final long timeNs = at == null ? endedNs : at.epochNs(startedNs);
        final boolean isLive = session.manifest().presentState() == SessionState.OPEN;
        if (timeNs + afterNs < startedNs || (!isLive && timeNs - beforeNs > endedNs)) {
            throw new ConfigException(
                    "at",
                    TimeSpan.instant(timeNs),
                    "must lie in the session, " + TimeSpan.instant(startedNs) + " to " + TimeSpan.instant(endedNs),
                    "choose another time, or another --session");
        }
        final Incident incident;
        try {
            incident = new IncidentFiles(session.directory().incidents())
                    .add(Incident.of(IncidentCause.OPERATOR, why, timeNs, beforeNs, afterNs));
        } catch (final IOException e) {
            throw new CommandFailure(session.directory().incidents() + ": cannot be written (" + e
                    + "); free some space there and check its rights");
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s: keeps %.1f s of session %s, %s to %s%n",
                incident.id(),
                (incident.toNs() - incident.fromNs()) / NS_PER_S,
                session.directory().sessionId(),
                TimeSpan.instant(incident.fromNs()),
                TimeSpan.instant(incident.toNs()));
        out.flush();
        return NodeCommand.EXIT_OK;
    }
}
