package io.tendon.persistence.command;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.store.state.StateKey;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a JSON value under a key, by saying so on the bus of a robot that runs. Main thread. */
@Command(
        name = "put",
        description = "Puts a JSON value under a key; the robot must run. Returns when the recording holds it.",
        mixinStandardHelpOptions = true)
public final class StatePutCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Parameters(
            index = "0",
            paramLabel = "KEY",
            description = "Words in lower case, digits, - and _, joined by / and ., such as calibration/wrist.")
    private String key = "";

    @Parameters(index = "1", paramLabel = "JSON", description = "One JSON value, at most 1024 bytes.")
    private String content = "";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = Durations.Converter.class,
            description = "How long to wait for the recording (default: ${DEFAULT-VALUE}).")
    private long timeoutNs;

    /** Called by Picocli. */
    public StatePutCommand() {}

    @Override
    public Integer call() {
        final StateKey chosen = StateKey.chosen(key);
        final String text = content.strip();
        final int lengthBytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (!StateJson.isOneValue(text)) {
            throw new ConfigException(
                    "content",
                    text,
                    "must be one JSON value",
                    "quote it for the shell: '{\"x\": 0.1}', '\"text\"', 12");
        }
        if (lengthBytes > MessageLengths.MAX_STATE_CONTENT_BYTES) {
            throw new ConfigException(
                    "content",
                    lengthBytes + " bytes",
                    "must have at most " + MessageLengths.MAX_STATE_CONTENT_BYTES + " bytes",
                    "put its parts under keys of their own");
        }
        final PrintWriter err = spec.commandLine().getErr();
        try (StateEntryClient client =
                StateEntryClient.connect(RuntimeDirectory.of(options.name()), error -> err.println("bus: " + error))) {
            final String session = client.put(chosen, text, false, timeoutNs);
            err.println("recorded in session " + session);
        }
        return NodeCommand.EXIT_OK;
    }
}
