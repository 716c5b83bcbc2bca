package io.tendon.deploy;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.cycle.CpuSet;
import io.tendon.bus.cycle.RtMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The whole robot with one command: media driver, persistence, fusion and control, recorded from the first cycle to the
 * last.
 */
@Command(
        name = "launch-all",
        description = {
            "Starts the media driver, persistence, fusion and control, and runs the robot until Ctrl-C.",
            "A process that dies is started again. Everything is recorded; the summary at the end says how to look at it."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = NodeCommand.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the robot ran and was stopped in order",
            "1:a process died three times within a minute or could not be started, or something was not recorded",
            "2:the command line or the configuration cannot be used",
            "3:the arm stood in a latched safety stop at the end"
        })
public final class LaunchAll implements Callable<Integer> {
    private static final long DEFAULT_STATUS_PERIOD_NS = 2_000_000_000L;

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Durations.Converter.class,
            description = "Run so long, such as 20s (default: until Ctrl-C).")
    private @Nullable Long durationNs;

    @Option(
            names = "--robot",
            paramLabel = "FILE",
            description = "URDF of a serial arm with 3 to 16 joints (default: the six-joint arm that is shipped).")
    private @Nullable Path robot;

    @Option(
            names = "--cell",
            paramLabel = "FILE",
            description =
                    "Work cell: table, block, where to pick and place (default: the shipped one for the shipped arm;"
                            + " for another arm one is planned).")
    private @Nullable Path cell;

    @Option(
            names = "--rt",
            paramLabel = "MODE",
            defaultValue = "prefer",
            description =
                    "Real-time scheduling: off, prefer (ask, and say what could not be had) or require (do not start"
                            + " without) (default: ${DEFAULT-VALUE}).")
    private RtMode rtMode = RtMode.PREFER;

    @Option(
            names = "--tick-log",
            paramLabel = "FILE",
            description = "For measurements: control notes the lateness of every tick in this file in /dev/shm.")
    private @Nullable Path tickLog;

    @Option(
            names = "--tethered",
            description = "For comparison alone: the design without isolation, in which the recorder holds control.")
    private boolean isTethered;

    @Option(names = "--report", paramLabel = "FILE", description = "Write what the run came to as JSON.")
    private @Nullable Path report;

    @Option(
            names = "--status-every",
            paramLabel = "TIME",
            converter = Durations.Converter.class,
            description = "Time between two status lines, at least 100ms (default: 2s); on a terminal lines are then"
                    + " printed instead of the panel.")
    private @Nullable Long statusPeriodNs;

    @Option(names = "--plain", description = "Print status lines on a terminal, too, instead of the panel.")
    private boolean isPlain;

    @Option(
            names = "--attach",
            description = "Start nothing: show the panel of the robot that runs already, as tendon-status does.")
    private boolean isAttach;

    /** Called by {@link #main} and Picocli. */
    public LaunchAll() {}

    /**
     * Runs the robot.
     *
     * @param args see {@code --help}.
     */
    public static void main(final String[] args) {
        System.exit(NodeCommand.execute(new LaunchAll(), args));
    }

    @Override
    public Integer call() {
        if (isAttach) {
            return StatusPanel.show(RuntimeDirectory.of(options.name()), false);
        }
        return new RobotLaunch(config()).run();
    }

    private LaunchConfig config() {
        final Path home = Path.of(System.getProperty(NodeCommand.HOME_PROPERTY, "."));
        final Path shippedRobot = home.resolve("config/robots/tendon6.urdf");
        final Path chosenRobot = robot == null ? shippedRobot : readable("robot", robot);
        final Path shippedCell = home.resolve("config/cell.properties");
        final Optional<Path> chosenCell = cell != null
                ? Optional.of(readable("cell", cell))
                : robot == null ? Optional.of(shippedCell) : Optional.empty();
        if (durationNs != null && durationNs < 1_000_000_000L) {
            throw new ConfigException(
                    "duration",
                    Durations.format(durationNs),
                    "must be at least 1s",
                    "leave it out to run until Ctrl-C");
        }
        if (statusPeriodNs != null && statusPeriodNs < 100_000_000L) {
            throw new ConfigException(
                    "status-every", Durations.format(statusPeriodNs), "must be at least 100ms", "use 2s");
        }
        return new LaunchConfig(
                home,
                RuntimeDirectory.of(options.name()),
                options.dataDirectory(),
                chosenRobot,
                chosenCell,
                rtMode,
                new LaunchConfig.Measurement(Optional.ofNullable(tickLog).map(Path::toAbsolutePath), isTethered),
                Optional.ofNullable(durationNs),
                Optional.ofNullable(report).map(LaunchAll::writable),
                statusPeriodNs == null ? DEFAULT_STATUS_PERIOD_NS : statusPeriodNs,
                !isPlain && statusPeriodNs == null,
                CpuLayout.plan(CpuSet.onlineCount(), isOnPath("taskset")));
    }

    private static Path readable(final String what, final Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ConfigException(what, file, "must be a readable file", "check the path");
        }
        return file.toAbsolutePath();
    }

    /** Found out now and not after the run. */
    private static Path writable(final Path file) {
        try {
            final Path absolute = file.toAbsolutePath();
            final Path parent = absolute.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.newOutputStream(absolute, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .close();
            return absolute;
        } catch (final IOException e) {
            throw new ConfigException("report", file, "must be writable (" + e + ")", "name another file", e);
        }
    }

    private static boolean isOnPath(final String command) {
        final String path = System.getenv("PATH");
        return path != null
                && Arrays.stream(path.split(java.io.File.pathSeparator, -1))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }
}
