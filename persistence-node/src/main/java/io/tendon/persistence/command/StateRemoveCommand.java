package io.tendon.persistence.command;

import io.tendon.bus.config.Durations;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.store.state.StateKey;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets a key be forgotten, by saying so on the bus of a robot that runs. Main thread. */
@Command(
        name = "rm",
        description = {
            "Forgets what was put under a key; the robot must run.",
            "The recording keeps it: state get --as-of shows what it was."
        },
        mixinStandardHelpOptions = true)
public final class StateRemoveCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Parameters(paramLabel = "KEY", description = "Such as calibration/wrist; see `persistence-node state list`.")
    private String key = "";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = Durations.Converter.class,
            description = "How long to wait for the recording (default: ${DEFAULT-VALUE}).")
    private long timeoutNs;

    /** Called by Picocli. */
    public StateRemoveCommand() {}

    @Override
    public Integer call() {
        final StateKey chosen = StateKey.chosen(key);
        final PrintWriter err = spec.commandLine().getErr();
        try (StateEntryClient client =
                StateEntryClient.connect(RuntimeDirectory.of(options.name()), error -> err.println("bus: " + error))) {
            final String session = client.put(chosen, "", true, timeoutNs);
            err.println("removed, as is recorded in session " + session);
        }
        return NodeCommand.EXIT_OK;
    }
}
