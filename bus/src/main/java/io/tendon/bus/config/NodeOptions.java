package io.tendon.bus.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command has. Filled by Picocli on the main thread. */
public final class NodeOptions {
    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Name of the robot on this machine; two robots run beside each other under two names"
                    + " (default: ${DEFAULT-VALUE}).")
    private String name = "default";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where sessions are kept (default: $TENDON_DATA, else ~/tendon-data).")
    private @Nullable Path dataDirectory;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties file behind these options; a key is an option's long name without the dashes"
                    + " (default: config/<node>.properties of the installation).")
    private @Nullable Path configFile;

    /** Called by Picocli. */
    public NodeOptions() {}

    /** Name of the robot on this machine: letters, digits, dash and underscore. */
    public String name() {
        if (!name.matches("[A-Za-z0-9_-]{1,40}")) {
            throw new ConfigException(
                    "name", name, "must be 1 to 40 letters, digits, dashes or underscores", "choose another");
        }
        return name;
    }

    /** Where sessions are kept; it may not exist yet. */
    public Path dataDirectory() {
        if (dataDirectory != null) {
            return dataDirectory.toAbsolutePath();
        }
        final String environment = System.getenv("TENDON_DATA");
        return environment != null && !environment.isBlank()
                ? Path.of(environment).toAbsolutePath()
                : Path.of(System.getProperty("user.home"), "tendon-data");
    }

    /** The properties file that was named, or null for the installation's own. */
    public @Nullable Path configFile() {
        return configFile;
    }
}
