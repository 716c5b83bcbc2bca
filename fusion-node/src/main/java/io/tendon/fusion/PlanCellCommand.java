package io.tendon.fusion;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.fusion.task.CellSearch;
import io.tendon.fusion.task.PlanException;
import io.tendon.robot.RobotModel;
import io.tendon.robot.UrdfException;
import io.tendon.robot.UrdfReader;
import io.tendon.robot.cell.Workcell;
import io.tendon.robot.cell.WorkcellException;
import io.tendon.robot.cell.WorkcellFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds a work cell that a robot can serve and writes it to a file. */
@Command(
        name = "plan-cell",
        description = "Finds two places on a table that a robot reaches from above, and writes them as a work cell.",
        mixinStandardHelpOptions = true)
final class PlanCellCommand implements Callable<Integer> {
    // Every command knows these options; this one needs none of them.
    @Mixin
    @SuppressWarnings("UnusedVariable")
    private NodeOptions options = new NodeOptions();

    @Option(names = "--robot", required = true, paramLabel = "FILE", description = "URDF of the robot.")
    private Path robotFile = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Work cell to write.")
    private Path cellFile = Path.of("");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            final RobotModel robot = UrdfReader.read(robotFile);
            final Workcell cell = new CellSearch(robot).find();
            WorkcellFile.write(cellFile, cell);
            spec.commandLine().getOut().println(cellFile + ": " + cell);
            spec.commandLine().getOut().flush();
        } catch (final UrdfException | PlanException | WorkcellException e) {
            throw new CommandFailure(e.getMessage() + "", NodeCommand.EXIT_USAGE);
        }
        return NodeCommand.EXIT_OK;
    }
}
