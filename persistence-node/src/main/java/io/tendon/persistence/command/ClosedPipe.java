package io.tendon.persistence.command;

import io.tendon.bus.config.NodeCommand;

/** Whoever reads our output, such as {@code head}, may have had enough. Main thread. */
final class ClosedPipe {
    private ClosedPipe() {}

    /** Ends the process when that is all that went wrong: it is no failure, and there is nothing to say. */
    static void endIf(final Exception cause) {
        if (String.valueOf(cause.getMessage()).contains("Broken pipe")) {
            Runtime.getRuntime().halt(NodeCommand.EXIT_OK);
        }
    }
}
