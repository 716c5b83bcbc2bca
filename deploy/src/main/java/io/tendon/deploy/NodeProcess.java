package io.tendon.deploy;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.signal.SupervisorWatch;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One process of the robot, started by the launcher with its output in a log file. Launcher's main thread. */
final class NodeProcess {
    private static final int LOG_TAIL_LINES = 12;

    private final String name;
    private final Path logFile;
    private final Process process;

    private NodeProcess(final String name, final Path logFile, final Process process) {
        this.name = name;
        this.logFile = logFile;
        this.process = process;
    }

    /**
     * Starts a process.
     *
     * @param name of the node.
     * @param cpus to keep it to, as taskset writes them; empty for any.
     * @param logFile for its output.
     * @param command and arguments.
     * @param isAgain whether the output goes on in the log of an earlier life; else the log is replaced.
     * @return the running process.
     */
    static NodeProcess start(
            final String name,
            final String cpus,
            final Path logFile,
            final List<String> command,
            final boolean isAgain) {
        final List<String> whole = new ArrayList<>();
        if (!cpus.isEmpty()) {
            whole.addAll(List.of("taskset", "-c", cpus));
        }
        whole.addAll(command);
        try {
            Files.createDirectories(logFile.getParent());
            final ProcessBuilder builder = new ProcessBuilder(whole)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(
                            isAgain
                                    ? ProcessBuilder.Redirect.appendTo(logFile.toFile())
                                    : ProcessBuilder.Redirect.to(logFile.toFile()));
            builder.environment()
                    .put(
                            SupervisorWatch.VARIABLE,
                            Long.toString(ProcessHandle.current().pid()));
            return new NodeProcess(name, logFile, builder.start());
        } catch (final IOException e) {
            throw new CommandFailure(name + ": cannot start " + whole.get(0) + " (" + e.getMessage() + ")");
        }
    }

    /** Name of the node. */
    String name() {
        return name;
    }

    /** Process id. */
    long pid() {
        return process.pid();
    }

    /** Whether it runs. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Exit code; only when it has ended. A signal's number stands above 128. */
    int exitCode() {
        return process.exitValue();
    }

    /** Asks it to stop, with SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Ends it at once, with SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /**
     * Waits for its end; one that does not come is brought about with SIGKILL.
     *
     * @param timeoutMs before that.
     * @return whether it ended by itself.
     */
    boolean awaitExit(final long timeoutMs) {
        try {
            if (process.waitFor(timeoutMs, TimeUnit.MILLISECONDS)) {
                return true;
            }
            process.destroyForcibly().waitFor();
            return false;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return false;
        }
    }

    /** The last lines of its output. */
    String logTail() {
        try {
            final List<String> lines = Files.readAllLines(logFile);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (final IOException e) {
            return "(" + logFile + ": " + e.getMessage() + ")";
        }
    }

    /** Its log. */
    Path logFile() {
        return logFile;
    }
}
