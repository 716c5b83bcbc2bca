package io.tendon.persistence.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionCatalog;
import io.tendon.sessionlog.json.JsonOutput;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.manifest.SessionManifest.StreamTotal;
import io.tendon.sessionlog.verify.TimeSpan;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Lists what was recorded, from its files, and what a session that was cut off has lost, also from the counters that its
 * writers have left in memory. Main thread.
 */
@Command(
        name = "sessions",
        description = "Lists the sessions that were recorded, oldest first.",
        mixinStandardHelpOptions = true)
public final class SessionsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Option(names = "--json", description = "Prints one JSON array.")
    private boolean isJson;

    /** Called by Picocli. */
    public SessionsCommand() {}

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final List<Session> sessions = new SessionCatalog(options.dataDirectory()).sessions();
        sessions.forEach(session -> {
            session.warnings().forEach(err::println);
            session.faults().forEach(err::println);
        });
        if (isJson) {
            JsonOutput.write(out, json -> writeAll(json, sessions));
        } else if (sessions.isEmpty()) {
            err.println("no sessions in " + options.dataDirectory() + "; start the robot with launch-all.sh");
        } else {
            out.printf(
                    Locale.ROOT,
                    "%-24s %-25s %11s %-12s %12s %10s  %s%n",
                    "id",
                    "started",
                    "duration",
                    "state",
                    "messages",
                    "size",
                    "not flushed");
            sessions.forEach(session -> print(out, session.manifest(), CutOffText.of(options.name(), session)));
        }
        return NodeCommand.EXIT_OK;
    }

    private static void print(final PrintWriter out, final SessionManifest manifest, final CutOffText cutOff) {
        out.printf(
                Locale.ROOT,
                "%-24s %-25s %9.1f s %-12s %12d %10s  %s%n",
                manifest.sessionId(),
                TimeSpan.instant(manifest.startedNs()),
                Formats.seconds(manifest.durationNs()),
                manifest.presentState(),
                manifest.streams().stream().mapToLong(StreamTotal::messages).sum(),
                Formats.bytes(manifest.streams().stream()
                        .mapToLong(StreamTotal::bytes)
                        .sum()),
                cutOff.column());
    }

    private void writeAll(final JsonGenerator json, final List<Session> sessions) throws IOException {
        json.writeStartArray();
        for (final Session session : sessions) {
            final SessionManifest manifest = session.manifest();
            json.writeStartObject();
            json.writeStringField("id", manifest.sessionId());
            json.writeStringField("startedAt", TimeSpan.instant(manifest.startedNs()));
            json.writeNumberField("durationS", Formats.seconds(manifest.durationNs()));
            json.writeStringField("state", manifest.presentState().name());
            CutOffText.of(options.name(), session).write(json);
            json.writeArrayFieldStart("streams");
            for (final StreamTotal stream : manifest.streams()) {
                json.writeStartObject();
                json.writeStringField("name", stream.name());
                json.writeNumberField("messages", stream.messages());
                json.writeNumberField("bytes", stream.bytes());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
