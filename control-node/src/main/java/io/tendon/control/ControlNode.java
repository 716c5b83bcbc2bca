package io.tendon.control;

import io.tendon.bus.config.NodeCommand;
import picocli.CommandLine.Command;

/**
 * Control's command line. {@link RunCommand} runs the node; the others ask a running one, from another process.
 */
@Command(
        name = "control-node",
        description = "Drives the arm: 1 kHz, within its limits.",
        mixinStandardHelpOptions = true,
        versionProvider = NodeCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            OperatorCommands.Hold.class,
            OperatorCommands.Resume.class,
            OperatorCommands.EmergencyStop.class,
            OperatorCommands.Reset.class,
            OperatorCommands.Jog.class
        })
public final class ControlNode {
    private ControlNode() {}

    /**
     * Starts the command line.
     *
     * @param args see {@code --help}.
     */
    public static void main(final String[] args) {
        System.exit(NodeCommand.execute(command(), args));
    }

    /** The command line as an object, for Picocli. */
    static ControlNode command() {
        return new ControlNode();
    }
}
