package io.tendon.persistence.command;

import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.RuntimeDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;

/** The options that whoever opens the state has, those of every command among them. Filled by Picocli on the main thread. */
final class StateOptions {
    @Mixin
    private NodeOptions options = new NodeOptions();

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
}
