package io.tendon.fusion;

import io.tendon.bus.config.NodeCommand;
import io.tendon.fusion.rewindow.RewindowCommand;
import picocli.CommandLine.Command;

/**
 * The command {@code fusion-node}: {@link RunCommand} is the node, {@link StatusCommand} reads its counters, {@link
 * PlanCellCommand} makes a work cell for a robot, {@link RewindowCommand} makes the windows of a recorded session anew. {@link
 * FusionAssembly} is the wiring diagram.
 */
@Command(
        name = "fusion-node",
        description = "Aligns control's samples in windows, estimates the arm's state, and decides what the arm does.",
        mixinStandardHelpOptions = true,
        versionProvider = NodeCommand.Version.class,
        subcommands = {RunCommand.class, StatusCommand.class, PlanCellCommand.class, RewindowCommand.class})
public final class FusionNode {
    private FusionNode() {}

    /**
     * Starts the node's command line.
     *
     * @param args see {@code --help}.
     */
    public static void main(final String[] args) {
        System.exit(NodeCommand.execute(command(), args));
    }

    /** The command for Picocli. */
    static FusionNode command() {
        return new FusionNode();
    }
}
