package io.tendon.persistence.command;

import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionCatalog;
import io.tendon.sessionlog.incident.Incident;
import io.tendon.sessionlog.incident.IncidentFiles;
import io.tendon.sessionlog.json.JsonOutput;
import io.tendon.sessionlog.verify.TimeSpan;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code persistence-node incidents}: lists what is kept from being deleted, and why. */
@Command(
        name = "incidents",
        description = "Lists the incidents of all sessions: ranges that are kept from being deleted, and why.",
        mixinStandardHelpOptions = true)
public final class IncidentsCommand implements Callable<Integer> {
    private static final double NS_PER_S = 1e9;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Option(names = "--json", description = "Prints one JSON array.")
    private boolean isJson;

    /** Called by Picocli. */
    public IncidentsCommand() {}

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final List<String> faults = new ArrayList<>();
        final List<Listed> incidents = new ArrayList<>();
        for (final Session session : new SessionCatalog(options.dataDirectory()).sessions()) {
            new IncidentFiles(session.directory().incidents())
                    .read(faults::add)
                    .forEach(incident -> incidents.add(new Listed(session, incident)));
        }
        if (isJson) {
            JsonOutput.write(out, json -> {
                json.writeStartArray();
                for (final Listed listed : incidents) {
                    listed.write(json);
                }
                json.writeEndArray();
            });
        } else {
            print(out, incidents);
        }
        faults.forEach(spec.commandLine().getErr()::println);
        return faults.isEmpty() ? NodeCommand.EXIT_OK : NodeCommand.EXIT_FAILURE;
    }

    private void print(final PrintWriter out, final List<Listed> incidents) {
        for (final Listed listed : incidents) {
            final Incident incident = listed.incident;
            out.printf(
                    Locale.ROOT,
                    "%s  %s  %s  keeps %.1f s%n    %s%n    %s%n",
                    TimeSpan.instant(incident.timeNs()),
                    incident.cause().text(),
                    Formats.amount(incident.times(), "time"),
                    (incident.toNs() - incident.fromNs()) / NS_PER_S,
                    incident.text(),
                    listed.replayLine());
        }
        out.println(Formats.amount(incidents.size(), "incident"));
        out.flush();
    }

    /** An incident of a session. */
    private record Listed(Session session, Incident incident) {
        String replayLine() {
            return ReplayLine.of(
                    session.directory(), TimeSpan.instant(incident.fromNs()), TimeSpan.instant(incident.toNs()));
        }

        void write(final com.fasterxml.jackson.core.JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("session", session.directory().sessionId());
            json.writeStringField("id", incident.id());
            json.writeStringField("cause", incident.cause().text());
            json.writeStringField("text", incident.text());
            json.writeNumberField("timeNs", incident.timeNs());
            json.writeNumberField("lastNs", incident.lastNs());
            json.writeNumberField("times", incident.times());
            json.writeNumberField("fromNs", incident.fromNs());
            json.writeNumberField("toNs", incident.toNs());
            json.writeStringField("replay", replayLine());
            json.writeEndObject();
        }
    }
}
