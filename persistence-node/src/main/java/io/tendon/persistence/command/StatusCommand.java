package io.tendon.persistence.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.schemas.NodeId;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says how the recorder of a running robot stands, from counters alone. Main thread. */
@Command(
        name = "status",
        description = "Shows how the recorder of a running robot stands.",
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
    private static final long ABSENT = -1;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean isJson;

    /** Called by Picocli. */
    public StatusCommand() {}

    @Override
    public Integer call() throws IOException {
        final RuntimeDirectory runtime = RuntimeDirectory.of(options.name());
        final SessionAnchor session = SessionAnchor.readLive(runtime.sessionFile())
                .orElseThrow(() -> new CommandFailure(runtime.notRunningMessage()));
        final PrintWriter out = spec.commandLine().getOut();
        try (CounterView counters = CounterView.open(runtime)) {
            final long pid = counters.node(BusCounter.PID, NodeId.PERSISTENCE, ABSENT);
            if (pid == ABSENT) {
                throw new CommandFailure(
                        "robot " + runtime.name() + ": is not recorded; start the recorder with persistence-node run");
            }
            if (isJson) {
                JsonOutput.write(out, json -> write(json, session, counters));
            } else {
                print(out, session, counters);
            }
        }
        return NodeCommand.EXIT_OK;
    }

    private static void print(final PrintWriter out, final SessionAnchor session, final CounterView counters) {
        final long ageMs = session.clock().time() - counters.node(BusCounter.HEARTBEAT_MS, NodeId.PERSISTENCE, 0);
        out.printf(
                "session %s  pid %d  heartbeat %d ms ago  recordings restarted %d  disk free %s%n",
                session.sessionName(),
                counters.node(BusCounter.PID, NodeId.PERSISTENCE, ABSENT),
                ageMs,
                counters.node(BusCounter.RECORDINGS_RESTARTED, NodeId.PERSISTENCE, 0),
                Formats.bytes(counters.node(BusCounter.DISK_FREE_BYTES, NodeId.PERSISTENCE, 0)));
        out.printf("%-22s %12s %10s %14s %14s%n", "stream", "recorded", "missing", "recorder lag", "device lag");
        for (final StreamDescriptor stream : StreamCatalog.all()) {
            out.printf(
                    "%-22s %12d %10d %14s %14s%n",
                    stream.name(),
                    counters.stream(BusCounter.RECORDED, NodeId.PERSISTENCE, stream, 0),
                    counters.stream(BusCounter.GAPS, NodeId.PERSISTENCE, stream, 0),
                    Formats.bytes(counters.stream(BusCounter.RECORDER_LAG_BYTES, NodeId.PERSISTENCE, stream, 0)),
                    Formats.bytes(counters.stream(BusCounter.DURABLE_LAG_BYTES, NodeId.PERSISTENCE, stream, 0)));
        }
        out.flush();
    }

    private static void write(final JsonGenerator json, final SessionAnchor session, final CounterView counters)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("session", session.sessionName());
        json.writeNumberField("pid", counters.node(BusCounter.PID, NodeId.PERSISTENCE, ABSENT));
        json.writeNumberField(
                "heartbeatAgeMs",
                session.clock().time() - counters.node(BusCounter.HEARTBEAT_MS, NodeId.PERSISTENCE, 0));
        json.writeNumberField(
                "recordingsRestarted", counters.node(BusCounter.RECORDINGS_RESTARTED, NodeId.PERSISTENCE, 0));
        json.writeNumberField("diskFreeBytes", counters.node(BusCounter.DISK_FREE_BYTES, NodeId.PERSISTENCE, 0));
        json.writeNumberField("errors", counters.node(BusCounter.ERRORS, NodeId.PERSISTENCE, 0));
        json.writeArrayFieldStart("streams");
        for (final StreamDescriptor stream : StreamCatalog.all()) {
            json.writeStartObject();
            json.writeStringField("name", stream.name());
            json.writeNumberField("recorded", counters.stream(BusCounter.RECORDED, NodeId.PERSISTENCE, stream, 0));
            json.writeNumberField("gaps", counters.stream(BusCounter.GAPS, NodeId.PERSISTENCE, stream, 0));
            json.writeNumberField(
                    "recorderLagBytes", counters.stream(BusCounter.RECORDER_LAG_BYTES, NodeId.PERSISTENCE, stream, 0));
            json.writeNumberField(
                    "durableLagBytes", counters.stream(BusCounter.DURABLE_LAG_BYTES, NodeId.PERSISTENCE, stream, 0));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
