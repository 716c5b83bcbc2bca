package io.tendon.fusion;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import io.tendon.robot.RobotModel;
import io.tendon.robot.UrdfException;
import io.tendon.robot.UrdfReader;
import io.tendon.robot.cell.Workcell;
import io.tendon.robot.cell.WorkcellException;
import io.tendon.robot.cell.WorkcellFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which robot, and where it works. Filled by Picocli on the main thread. */
final class CellOptions {
    @Option(
            names = "--robot",
            paramLabel = "FILE",
            description = "URDF of the robot, the same as control's (default: config/robots/tendon6.urdf of the"
                    + " installation).")
    private @Nullable Path robotFile;

    @Option(
            names = "--cell",
            paramLabel = "FILE",
            description = "Work cell: where the block is and goes (default: config/cell.properties of the"
                    + " installation).")
    private @Nullable Path cellFile;

    /** File that says what robot it is. */
    Path robotFile() {
        return file("robot", robotFile, Path.of("config", "robots", "tendon6.urdf"));
    }

    /** File that says where it works. */
    Path cellFile() {
        return file("cell", cellFile, Path.of("config", "cell.properties"));
    }

    RobotModel robot() {
        try {
            return UrdfReader.read(robotFile());
        } catch (final UrdfException e) {
            throw new CommandFailure(e.getMessage() + "", NodeCommand.EXIT_USAGE);
        }
    }

    Workcell cell() {
        try {
            return WorkcellFile.read(cellFile());
        } catch (final WorkcellException e) {
            throw new CommandFailure(e.getMessage() + "", NodeCommand.EXIT_USAGE);
        }
    }

    private static Path file(final String option, final @Nullable Path given, final Path installed) {
        if (given != null) {
            return given;
        }
        final String home = System.getProperty(NodeCommand.HOME_PROPERTY);
        if (home == null) {
            throw new ConfigException(
                    option, "(none)", "must be given outside of an installation", "use --" + option + " FILE");
        }
        return Path.of(home).resolve(installed);
    }
}
