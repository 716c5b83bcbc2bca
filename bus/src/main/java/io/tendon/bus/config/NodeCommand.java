package io.tendon.bus.config;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;

/**
 * Runs a Picocli command with the exit codes that all our commands share, and with the properties file behind its
 * options. Results go to stdout, everything else to stderr. Main thread.
 */
public final class NodeCommand {
    /** It worked. */
    public static final int EXIT_OK = 0;

    /** It did not work. */
    public static final int EXIT_FAILURE = 1;

    /** The command line or the configuration cannot be used. */
    public static final int EXIT_USAGE = 2;

    /** The robot was stopped for safety. */
    public static final int EXIT_SAFETY_STOP = 3;

    /** System property that names the installation's directory, set by the start scripts. */
    public static final String HOME_PROPERTY = "tendon.home";

    private NodeCommand() {}

    /**
     * Parses and runs; never throws.
     *
     * @param command annotated with Picocli's {@code @Command}.
     * @param args of the command line.
     * @return the exit code.
     */
    public static int execute(final Object command, final String... args) {
        final CommandLine commandLine = new CommandLine(command);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler((e, failed, result) -> report(failed, e));
        try {
            final Path config = configFile(commandLine.getCommandName(), args);
            if (config != null) {
                commandLine.setDefaultValueProvider(ConfigDefaults.read(commandLine, config));
            }
        } catch (final ConfigException e) {
            return report(commandLine, e);
        }
        return commandLine.execute(args);
    }

    private static int report(final CommandLine commandLine, final Exception e) {
        final PrintWriter err = commandLine.getErr();
        if (e instanceof ConfigException) {
            err.println(e.getMessage());
            return EXIT_USAGE;
        }
        if (e instanceof CommandFailure failure) {
            err.println(failure.getMessage());
            return failure.exitCode();
        }
        // Neither of the two that say what to do: a fault of ours, and whoever reports it needs the trace.
        err.println(commandLine.getCommandName() + ": failed unexpectedly; please report it with what follows");
        e.printStackTrace(err);
        return EXIT_FAILURE;
    }

    private static @Nullable Path configFile(final String commandName, final String... args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith("--config=")) {
                return Path.of(args[i].substring("--config=".length()));
            }
            if ("--config".equals(args[i]) && i + 1 < args.length) {
                return Path.of(args[i + 1]);
            }
        }
        final String home = System.getProperty(HOME_PROPERTY);
        if (home == null) {
            return null;
        }
        final Path installed = Path.of(home, "config", commandName + ".properties");
        return Files.isRegularFile(installed) ? installed : null;
    }

    /** Version of this build, for {@code --version}; Picocli makes one. */
    public static final class Version implements IVersionProvider {
        /** Called by Picocli. */
        public Version() {}

        @Override
        public String[] getVersion() {
            return new String[] {"Tendon " + buildVersion() + ", Java " + Runtime.version()};
        }
    }

    /** Version of this build, from the jar's manifest; "development" when it was not packaged. */
    public static String buildVersion() {
        final String version = NodeCommand.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
