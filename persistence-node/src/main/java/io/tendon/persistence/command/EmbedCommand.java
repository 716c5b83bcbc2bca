package io.tendon.persistence.command;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import io.tendon.bus.config.NodeCommand;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.json.JsonOutput;
import io.tendon.sessionlog.option.SessionOption;
import io.tendon.sessionlog.recording.Damage;
import io.tendon.store.vector.window.WindowEmbedder;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes vectors of a session's windows, for `similar`. Main thread. */
@Command(
        name = "embed",
        description = {
            "Makes a vector of each window of a session's sensor data, so that `similar` finds moments like it.",
            "No learned model: mean, deviation and range of each joint's position, velocity and effort and of the wrist's"
                    + " forces, as shares of the robot's limits. Derived data: nothing is written into the recording."
        },
        mixinStandardHelpOptions = true)
public final class EmbedCommand implements Callable<Integer> {
    private static final long LEAST_NS = 1_000_000L;
    private static final long MOST_NS = 3_600_000_000_000L;
    private static final long MOST_OVERLAP = 100;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private SessionOption sessionOption = new SessionOption();

    @Option(
            names = "--window",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = Durations.Converter.class,
            description =
                    "Length of a window (default: ${DEFAULT-VALUE}). Windows of another length are another model.")
    private long windowNs;

    @Option(
            names = "--step",
            paramLabel = "TIME",
            defaultValue = "0.5s",
            converter = Durations.Converter.class,
            description = "From the beginning of a window to that of the next (default: ${DEFAULT-VALUE}).")
    private long stepNs;

    @Option(names = "--json", description = "Prints one JSON array.")
    private boolean isJson;

    /** Called by Picocli. */
    public EmbedCommand() {}

    @Override
    public Integer call() throws IOException {
        requireUsable();
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final Session session = sessionOption.find();
        final List<Damage> damages = new ArrayList<>();
        final WindowEmbedder.Result result =
                new WindowEmbedder(session, windowNs, stepNs, damages::add, err::println).embed();
        if (isJson) {
            JsonOutput.write(out, json -> {
                json.writeStartArray();
                json.writeStartObject();
                json.writeStringField("session", session.directory().sessionId());
                json.writeStringField("model", result.model());
                json.writeNumberField("dimension", result.dimension());
                json.writeNumberField("windows", result.windows());
                json.writeNumberField("sparse", result.sparse());
                json.writeEndObject();
                json.writeEndArray();
            });
        } else {
            out.println("session " + session.directory().sessionId() + ": " + result.windows() + " windows of "
                    + Durations.format(windowNs) + " every " + Durations.format(stepNs) + ", model " + result.model()
                    + ", " + result.dimension() + " elements; " + result.sparse() + " left out, of which less than half"
                    + " was recorded");
            out.flush();
        }
        damages.forEach(damage -> err.println("damaged, skipped: " + damage.text()));
        return damages.isEmpty() && session.faults().isEmpty() ? NodeCommand.EXIT_OK : NodeCommand.EXIT_FAILURE;
    }

    private void requireUsable() {
        if (windowNs < LEAST_NS || windowNs > MOST_NS) {
            throw new ConfigException(
                    "window", Durations.format(windowNs), "must be 1ms to 1h", "give another, such as 1s");
        }
        if (stepNs < LEAST_NS || stepNs > windowNs || windowNs / stepNs > MOST_OVERLAP) {
            throw new ConfigException(
                    "step",
                    Durations.format(stepNs),
                    "must be 1ms or more, at most --window, and at least a hundredth of it",
                    "give another, such as half of the window");
        }
    }
}
