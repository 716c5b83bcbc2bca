package io.tendon.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How one node is started, the first time and again.
 *
 * @param name of the node.
 * @param cpus to keep it to, as taskset writes them; empty for any.
 * @param logFile for its output.
 * @param command and arguments.
 * @param againArguments that are added when an earlier life of it has died.
 */
record NodeLaunch(String name, String cpus, Path logFile, List<String> command, List<String> againArguments) {
    NodeLaunch {
        command = List.copyOf(command);
        againArguments = List.copyOf(againArguments);
    }

    /** Starts the node for the first time. */
    NodeProcess start() {
        return NodeProcess.start(name, cpus, logFile, command, false);
    }

    /** Starts it again; its output goes on in the same log. */
    NodeProcess startAgain() {
        final List<String> line = new ArrayList<>(command);
        line.addAll(againArguments);
        return NodeProcess.start(name, cpus, logFile, line, true);
    }
}
