package io.tendon.persistence.command;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import io.tendon.schemas.EmbeddingKind;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionCatalog;
import io.tendon.sessionlog.json.JsonOutput;
import io.tendon.sessionlog.option.SessionOption;
import io.tendon.sessionlog.option.SessionTime;
import io.tendon.sessionlog.option.TimeRangeOption;
import io.tendon.sessionlog.recording.Damage;
import io.tendon.store.vector.MomentSearch;
import io.tendon.store.vector.VectorFilter;
import io.tendon.store.vector.VectorMatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Finds moments that are like another one, each with the command that shows it again. Main thread. */
@Command(
        name = "similar",
        description = {
            "Finds recorded moments that are like another one, by the vectors that fusion said or `embed` made, and"
                    + " prints for each the command that replays it.",
            "Moments that overlap are given once, and the moment itself is left out."
        },
        mixinStandardHelpOptions = true)
public final class SimilarCommand implements Callable<Integer> {
    private static final int MAX_K = 1_000;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private SessionOption sessionOption = new SessionOption();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "TIME|EVENT|TEXT",
            description = "The other moment: an instant (2026-01-31T12:00:00.5Z) or a time since the session's start"
                    + " (12.5s); a message as dump shows it, STREAM:POSITION such as control.event:4096; or a label.")
    private String to = "";

    @Option(
            names = "--k",
            paramLabel = "N",
            defaultValue = "10",
            description = "Most moments to print (default: ${DEFAULT-VALUE}).")
    private int k;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Only WINDOW, OBJECT, TEXT or EVENT; the other moment's vector is then of that kind, too"
                    + " (default: any, compared with a WINDOW).")
    private @Nullable EmbeddingKind kind;

    @Option(names = "--label", paramLabel = "TEXT", description = "Only moments with exactly this label.")
    private @Nullable String label;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "In whose space to compare; needed when the other moment has vectors of several.")
    private @Nullable String model;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = SessionTime.Converter.class,
            description = "Only moments that end behind this time, written like a time of --to.")
    private @Nullable SessionTime from;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = SessionTime.Converter.class,
            description = "Only moments that begin before this time.")
    private @Nullable SessionTime until;

    @Option(names = "--all-sessions", description = "Looks in all sessions, not only in the one of --to.")
    private boolean isInAllSessions;

    @Option(names = "--json", description = "Prints one JSON array.")
    private boolean isJson;

    /** Called by Picocli. */
    public SimilarCommand() {}

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final SimilarQuestion question = question(sessionOption.find());
        final List<Damage> damages = new ArrayList<>();
        final Set<String> told = new HashSet<>();
        final MomentSearch.Moments moments = SimilarSearch.answer(question, damages::add, notice -> {
            // A search that must look further says again what it could not use.
            if (told.add(notice)) {
                err.println(notice);
            }
        });
        final SimilarOutput output = new SimilarOutput(question::session);
        final VectorMatch asked = moments.asked();
        if (asked != null) {
            err.println("like " + asked.entry().kind() + " "
                    + output.time(asked, asked.entry().fromNs()) + " to "
                    + output.time(asked, asked.entry().toNs()) + " of session " + asked.session() + ", model "
                    + asked.model());
        }
        if (isJson) {
            JsonOutput.write(out, json -> output.write(json, moments.found()));
        } else {
            output.print(out, moments.found());
        }
        if (moments.found().isEmpty()) {
            err.println("no other moment fits; widen --from, --until, --kind or --label, or give --all-sessions");
        }
        damages.forEach(damage -> err.println("damaged, skipped: " + damage.text()));
        return damages.isEmpty() ? NodeCommand.EXIT_OK : NodeCommand.EXIT_FAILURE;
    }

    private SimilarQuestion question(final Session session) {
        if (k < 1 || k > MAX_K) {
            throw new ConfigException("k", k, "must be 1 to " + MAX_K, "give another");
        }
        if (to.isBlank()) {
            throw new ConfigException("to", to, "must be a time, a message or a label", "give one such as 12.5s");
        }
        if (kind == EmbeddingKind.NULL_VAL) {
            throw new ConfigException("kind", kind, "must be WINDOW, OBJECT, TEXT or EVENT", "give one of them");
        }
        final List<Session> sessions =
                isInAllSessions ? new SessionCatalog(session.directory().data()).sessions() : List.of(session);
        return new SimilarQuestion(
                session,
                sessions,
                timeNs(session),
                to,
                model,
                k,
                new VectorFilter(
                        TimeRangeOption.range(session.manifest().startedNs(), from, until, "--until"),
                        label,
                        kind,
                        null));
    }

    /** Of what was given, when it is a time or a message; else it is a label. */
    private OptionalLong timeNs(final Session session) {
        try {
            final SessionTime time = new SessionTime.Converter().convert(to);
            return OptionalLong.of(time.epochNs(session.manifest().startedNs()));
        } catch (final TypeConversionException e) {
            return LogPlace.parse(to)
                    .map(place -> OptionalLong.of(place.captureTimeNs(session)))
                    .orElse(OptionalLong.empty());
        }
    }
}
