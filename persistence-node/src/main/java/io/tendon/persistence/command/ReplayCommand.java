package io.tendon.persistence.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.Durations;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.signal.StopSignal;
import io.tendon.console.Console;
import io.tendon.persistence.replay.ReplayConfig;
import io.tendon.persistence.replay.ReplayReport;
import io.tendon.persistence.replay.ReplayReport.StreamFigures;
import io.tendon.persistence.replay.ReplayRun;
import io.tendon.persistence.replay.ReplaySpeed;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.json.JsonOutput;
import io.tendon.sessionlog.option.SessionOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts a recorded session on the replay streams, with the robot on or off. Main thread. */
@Command(
        name = "replay",
        description =
                "Puts a recorded session on the replay streams (replay.control.state, ...), with the robot on or off.",
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
    private static final double NS_PER_MS = 1e6;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private SessionOption sessionOption = new SessionOption();

    @Mixin
    private MessageSelection selection = new MessageSelection();

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            defaultValue = "1",
            converter = ReplaySpeed.Converter.class,
            description = "0.1 to 1000 times as fast as recorded, or max (default: ${DEFAULT-VALUE}).")
    private ReplaySpeed speed = ReplaySpeed.AS_RECORDED;

    @Option(names = "--loop", description = "Begins again at the end, until it is stopped.")
    private boolean isLooping;

    @Option(
            names = "--await-readers",
            paramLabel = "N",
            defaultValue = "0",
            description = "Begins once N readers listen to the replay streams (default: ${DEFAULT-VALUE}).")
    private int awaitedReaders;

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = Durations.Converter.class,
            description =
                    "How long a message waits for a reader that has not moved, before it is lost to all and counted"
                            + " (default: ${DEFAULT-VALUE}).")
    private long patienceNs;

    @Option(names = "--json", description = "Prints the summary as one JSON object.")
    private boolean isJson;

    /** Called by Picocli. */
    public ReplayCommand() {}

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final Session session = sessionOption.find();
        final ReplayConfig config = new ReplayConfig(
                RuntimeDirectory.of(sessionOption.robotName()),
                session,
                selection.range(session),
                selection.streamIds(session).stream()
                        .filter(id -> StreamCatalog.byId(id) != null)
                        .collect(Collectors.toSet()),
                speed,
                isLooping,
                awaitedReaders,
                patienceNs);
        try (StopSignal stop = new StopSignal()) {
            final ReplayReport report = replay(config, err, stop);
            if (isJson) {
                JsonOutput.write(out, json -> write(json, report));
            } else {
                print(out, report);
            }
            final boolean isWhole = report.lost() == 0
                    && report.damages().isEmpty()
                    && session.faults().isEmpty();
            final int exitCode = isWhole ? NodeCommand.EXIT_OK : NodeCommand.EXIT_FAILURE;
            stop.exitCode(exitCode);
            return exitCode;
        }
    }

    /** On a terminal with keys, else with a line now and then. */
    private static ReplayReport replay(final ReplayConfig config, final PrintWriter err, final StopSignal stop)
            throws IOException {
        try (Console console = Console.open()) {
            final ReplayRun.Observer observer =
                    console.isInteractive() ? new ReplayScreen(console) : new ReplayProgressLines(err);
            return new ReplayRun(config, err::println).run(stop::isStopped, observer);
        }
    }

    private static void print(final PrintWriter out, final ReplayReport report) {
        out.printf(Locale.ROOT, "%-22s %12s %14s %10s%n", "stream", "messages", "bytes", "lost");
        for (final StreamFigures stream : report.streams()) {
            out.printf(
                    Locale.ROOT,
                    "%-22s %12d %14d %10d%n",
                    stream.name(),
                    stream.messages(),
                    stream.bytes(),
                    stream.lost());
        }
        out.printf(
                Locale.ROOT,
                "session %s: %.3f s recorded, replayed in %.3f s, %.1f times as fast; %d messages, %d lost, %s%n",
                report.sessionId(),
                Formats.seconds(report.recordedNs()),
                Formats.seconds(report.elapsedNs()),
                report.speedFactor(),
                report.messages(),
                report.lost(),
                report.isPaced()
                        ? String.format(
                                Locale.ROOT,
                                "late by p99 %.3f ms, at most %.3f ms",
                                report.p99LatenessNs() / NS_PER_MS,
                                report.maxLatenessNs() / NS_PER_MS)
                        : "lateness does not apply");
        out.flush();
    }

    private static void write(final JsonGenerator json, final ReplayReport report) throws IOException {
        json.writeStartObject();
        json.writeStringField("session", report.sessionId());
        json.writeNumberField("messages", report.messages());
        json.writeNumberField("lost", report.lost());
        json.writeNumberField("recordedS", report.recordedNs() / 1e9);
        json.writeNumberField("elapsedS", report.elapsedNs() / 1e9);
        json.writeNumberField("speed", report.speedFactor());
        json.writeNumberField("damages", report.damages().size());
        if (report.isPaced()) {
            json.writeObjectFieldStart("latenessUs");
            json.writeNumberField("p99", report.p99LatenessNs() / 1e3);
            json.writeNumberField("max", report.maxLatenessNs() / 1e3);
            json.writeEndObject();
        } else {
            json.writeNullField("latenessUs");
        }
        json.writeArrayFieldStart("streams");
        for (final StreamFigures stream : report.streams()) {
            json.writeStartObject();
            json.writeStringField("name", stream.name());
            json.writeStringField(
                    "replay",
                    StreamCatalog.replayOf(StreamCatalog.byName(stream.name())).name());
            json.writeNumberField("messages", stream.messages());
            json.writeNumberField("bytes", stream.bytes());
            json.writeNumberField("lost", stream.lost());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
