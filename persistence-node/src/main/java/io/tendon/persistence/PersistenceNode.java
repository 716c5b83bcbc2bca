package io.tendon.persistence;

import io.tendon.bus.config.NodeCommand;
import io.tendon.persistence.command.DumpCommand;
import io.tendon.persistence.command.EmbedCommand;
import io.tendon.persistence.command.IncidentsCommand;
import io.tendon.persistence.command.InfoCommand;
import io.tendon.persistence.command.KeepCommand;
import io.tendon.persistence.command.QueryCommand;
import io.tendon.persistence.command.ReindexCommand;
import io.tendon.persistence.command.RepairCommand;
import io.tendon.persistence.command.ReplayCommand;
import io.tendon.persistence.command.SessionsCommand;
import io.tendon.persistence.command.SimilarCommand;
import io.tendon.persistence.command.SqlCommand;
import io.tendon.persistence.command.StateCommand;
import io.tendon.persistence.command.StatusCommand;
import io.tendon.persistence.command.VerifyCommand;
import picocli.CommandLine.Command;

/** Records what is said on the bus, and reads it back. The command line; {@link Recorder} is the wiring diagram. */
@Command(
        name = "persistence-node",
        description = "Records what is said on the bus, and reads it back.",
        mixinStandardHelpOptions = true,
        versionProvider = NodeCommand.Version.class,
        subcommands = {
            RunCommand.class,
            StatusCommand.class,
            SessionsCommand.class,
            InfoCommand.class,
            DumpCommand.class,
            QueryCommand.class,
            SqlCommand.class,
            VerifyCommand.class,
            RepairCommand.class,
            ReplayCommand.class,
            ReindexCommand.class,
            IncidentsCommand.class,
            KeepCommand.class,
            StateCommand.class,
            SimilarCommand.class,
            EmbedCommand.class
        })
public final class PersistenceNode {
    private PersistenceNode() {}

    /**
     * Starts the command line.
     *
     * @param args see {@code --help}.
     */
    public static void main(final String[] args) {
        System.exit(NodeCommand.execute(command(), args));
    }

    /** The command line, unparsed. */
    static PersistenceNode command() {
        return new PersistenceNode();
    }
}
