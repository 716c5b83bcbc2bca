package io.tendon.control;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import io.tendon.robot.RobotModel;
import io.tendon.robot.UrdfException;
import io.tendon.robot.UrdfReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which robot it is. Filled by Picocli on the main thread. */
final class RobotOptions {
    private static final String SHIPPED = "robots/tendon6.urdf";

    @Option(
            names = "--robot",
            paramLabel = "FILE.urdf",
            description = "The robot: a URDF of a serial arm with 3 to 16 joints"
                    + " (default: config/robots/tendon6.urdf of the installation).")
    private @Nullable Path robotFile;

    /** Called by Picocli. */
    RobotOptions() {}

    /** Reads the robot. */
    RobotModel robot() {
        try {
            return UrdfReader.read(file());
        } catch (final UrdfException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), NodeCommand.EXIT_USAGE);
        }
    }

    /** Whether it is the robot that ships, because no other was named. */
    boolean isShipped() {
        return robotFile == null;
    }

    private Path file() {
        if (robotFile != null) {
            return robotFile;
        }
        final Path installed = installed(SHIPPED);
        if (installed == null) {
            throw new ConfigException("robot", "none", "must name a URDF file", "give --robot FILE.urdf");
        }
        return installed;
    }

    /** A file of the installation's configuration, or null when it is not there. */
    static @Nullable Path installed(final String file) {
        final String home = System.getProperty(NodeCommand.HOME_PROPERTY);
        if (home == null) {
            return null;
        }
        final Path path = Path.of(home, "config").resolve(file);
        return Files.isRegularFile(path) ? path : null;
    }
}
