package io.tendon.persistence.command;

import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.store.state.StateLimits;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that whoever opens the state has, those of every command among them. Filled by Picocli on the main thread. */
final class StateOptions {
    @Mixin
    private NodeOptions options = new NodeOptions();

    @Option(
            names = "--state-entries",
            paramLabel = "N",
            defaultValue = "4096",
            description =
                    "Most keys that are kept, removed ones included; with another number the map is made anew from"
                            + " the recordings (default: ${DEFAULT-VALUE}).")
    private int entries;

    @Option(
            names = "--state-content-bytes",
            paramLabel = "N",
            defaultValue = "1280",
            description = "Longest message that is kept; longer ones are read from the recordings (default:"
                    + " ${DEFAULT-VALUE}).")
    private int contentBytes;

    /** Called by Picocli. */
    StateOptions() {}

    /** Where sessions are kept. */
    Path dataDirectory() {
        return options.dataDirectory();
    }

    /** Where the robot lives in memory. */
    RuntimeDirectory runtime() {
        return RuntimeDirectory.of(options.name());
    }

    /** How large the map is. */
    StateLimits limits() {
        return new StateLimits(entries, contentBytes);
    }
}
