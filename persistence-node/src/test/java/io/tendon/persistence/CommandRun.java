package io.tendon.persistence;

import io.tendon.bus.config.NodeCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A command that was run in this process, and what it said.
 *
 * @param exitCode as the process would have ended with.
 * @param out what it printed.
 * @param err what it said beside.
 */
record CommandRun(int exitCode, String out, String err) {
    /** Runs {@code persistence-node} with some arguments. */
    static CommandRun of(final String... arguments) {
        final PrintStream out = System.out;
        final PrintStream err = System.err;
        final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        try {
            final int exitCode = NodeCommand.execute(PersistenceNode.command(), arguments);
            return new CommandRun(
                    exitCode, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
