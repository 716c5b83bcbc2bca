package io.tendon.persistence.command;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Nearest;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.signal.StopSignal;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionCatalog;
import io.tendon.sessionlog.SessionNotFoundException;
import io.tendon.sessionlog.json.JsonOutput;
import io.tendon.sessionlog.option.SessionTime;
import io.tendon.sessionlog.verify.TimeSpan;
import io.tendon.store.state.LoggedState;
import io.tendon.store.state.StateKey;
import io.tendon.store.state.StateValue;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what is known under a key, or was at a moment. Main thread. */
@Command(
        name = "get",
        description = "Prints what is known under a key as JSON, or what was known at a moment.",
        mixinStandardHelpOptions = true)
public final class StateGetCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private StateOptions options = new StateOptions();

    @Parameters(
            paramLabel = "KEY",
            description = "Such as calibration/wrist or fusion.state/FusedState; see `persistence-node state list`.")
    private String key = "";

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            converter = SessionTime.Converter.class,
            description = "Moment to look at: an instant (2026-01-31T12:00:00.5Z), or since a session's start (12.5s)"
                    + " (default: now).")
    private @Nullable SessionTime asOf;

    @Option(
            names = "--session",
            paramLabel = "ID",
            description = "Session from whose start --as-of counts, or the beginning of its id (default: the latest).")
    private @Nullable String session;

    @Option(names = "--json", description = "Prints one JSON array of one row, which also says where it was said.")
    private boolean isJson;

    /** Called by Picocli. */
    public StateGetCommand() {}

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final StateKey wanted = new StateKey(key);
        final SessionTime time = asOf;
        if (session != null && (time == null || !time.isOffset())) {
            throw new ConfigException(
                    "session",
                    session,
                    "must go with a time since its start",
                    "add --as-of such as 12.5s, or leave --session out");
        }
        final StateValue value = time == null ? now(wanted) : then(wanted, time);
        final StateJson writer = new StateJson(options.dataDirectory(), err::println);
        if (isJson) {
            JsonOutput.write(out, json -> {
                json.writeStartArray();
                writer.writeRow(json, value, true);
                json.writeEndArray();
            });
        } else {
            out.println(writer.content(value));
            out.flush();
        }
        return NodeCommand.EXIT_OK;
    }

    private StateValue now(final StateKey wanted) {
        final PrintWriter err = spec.commandLine().getErr();
        try (StopSignal stop = new StopSignal();
                StateAnswers answers = new StateSource(options, err::println, stop::isStopped).open()) {
            final StateValue value = answers.get(wanted);
            if (value != null && value.message() == null) {
                throw new CommandFailure(
                        "key=" + wanted + ": was said last at " + TimeSpan.instant(value.captureTimeNs())
                                + " in session " + value.session()
                                + ", whose recording was deleted; say it again, or ask for another key");
            }
            if (value != null && !value.isRemoved()) {
                return value;
            }
            if (value != null) {
                throw new CommandFailure(removed(wanted, value));
            }
            throw new CommandFailure("key=" + wanted + ": nothing was said under it" + hint(wanted, answers)
                    + "; `persistence-node state list` shows what is known");
        }
    }

    private StateValue then(final StateKey wanted, final SessionTime time) {
        final PrintWriter err = spec.commandLine().getErr();
        final long untilNs = time.epochNs(time.isOffset() ? startedNs() : 0);
        final StateValue value = new LoggedState(options.dataDirectory(), err::println).get(wanted, untilNs);
        if (value == null) {
            throw new CommandFailure("key=" + wanted + ": nothing had been said under it at "
                    + TimeSpan.instant(untilNs) + "; give a later --as-of");
        }
        if (value.isRemoved()) {
            throw new CommandFailure(removed(wanted, value));
        }
        return value;
    }

    private static String hint(final StateKey wanted, final StateAnswers answers) {
        if (!answers.isListQuick()) {
            return "";
        }
        final List<String> known = answers.list("").stream()
                .filter(other -> !other.isRemoved())
                .map(other -> other.key().text())
                .toList();
        return known.isEmpty() ? "" : "; did you mean " + Nearest.to(wanted.text(), known) + "?";
    }

    private long startedNs() {
        final SessionCatalog catalog = new SessionCatalog(options.dataDirectory());
        try {
            final Session found = session == null ? catalog.latest() : catalog.find(session);
            return found.manifest().startedNs();
        } catch (final SessionNotFoundException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private static String removed(final StateKey key, final StateValue value) {
        return "key=" + key + ": was removed at " + TimeSpan.instant(value.captureTimeNs())
                + "; `state get --as-of` with an earlier time gives what it was";
    }
}
