package io.tendon.certify.process;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.signal.SupervisorWatch;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that is ended when it is closed; its output is in a file. One owner thread. */
public final class ChildProcess implements AutoCloseable {
    private static final long EXIT_TIMEOUT_S = 30;
    private static final int LOG_TAIL_LINES = 20;

    private final String name;
    private final Path logFile;
    private final Process process;

    private ChildProcess(final String name, final Path logFile, final Process process) {
        this.name = name;
        this.logFile = logFile;
        this.process = process;
    }

    /**
     * Starts a command.
     *
     * @param name for messages.
     * @param logFile gets what it prints.
     * @param command with its arguments.
     * @return the running process.
     * @throws CommandFailure when it cannot be started.
     */
    public static ChildProcess start(final String name, final Path logFile, final List<String> command) {
        return start(name, logFile, command, Map.of());
    }

    /**
     * Starts a command.
     *
     * @param name for messages.
     * @param logFile gets what it prints.
     * @param command with its arguments.
     * @param environment added to this process's own.
     * @return the running process.
     * @throws CommandFailure when it cannot be started.
     */
    public static ChildProcess start(
            final String name, final Path logFile, final List<String> command, final Map<String, String> environment) {
        final ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(logFile.toFile());
        // A child of ours ends when we do, however that comes.
        builder.environment()
                .put(
                        SupervisorWatch.VARIABLE,
                        Long.toString(ProcessHandle.current().pid()));
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(name, logFile, builder.start());
        } catch (final IOException e) {
            throw new CommandFailure(name + ": cannot start " + command.get(0) + " (" + e.getMessage() + ")");
        }
    }

    /**
     * Starts a main of ours in a JVM like this one.
     *
     * @param main with a main method.
     * @param logFile gets what it prints.
     * @param flags of the JVM, beyond those that all of ours need.
     * @param arguments of the main.
     * @return the running process.
     */
    public static ChildProcess startJava(
            final Class<?> main, final Path logFile, final List<String> flags, final List<String> arguments) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        // As this one: what the start script gave to it, and what its user has set.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-D") || argument.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of(
                "-XX:+PerfDisableSharedMem", "-XX:+UnlockDiagnosticVMOptions", "-XX:+UnlockExperimentalVMOptions"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path", ""), main.getName()));
        command.addAll(arguments);
        return start(main.getSimpleName(), logFile, command);
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits for its end.
     *
     * @param timeoutS at most so long.
     * @return its exit code.
     * @throws CommandFailure when it does not end; it is killed then.
     */
    public int awaitExit(final long timeoutS) {
        try {
            if (!process.waitFor(timeoutS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new CommandFailure(
                        name + ": did not end within " + timeoutS + " s and was killed; it printed\n" + logTail());
            }
            return process.exitValue();
        } catch (final InterruptedException e) {
            // Not kept, so that whoever owns the process can still end it in order.
            throw new CommandFailure(name + ": stopped before its end");
        }
    }

    /**
     * Asks it to end and waits.
     *
     * @param timeoutS at most so long.
     * @return its exit code.
     */
    public int stop(final long timeoutS) {
        process.destroy();
        return awaitExit(timeoutS);
    }

    /**
     * Ends it as a crash does, with SIGKILL, and waits until it is gone.
     *
     * @throws CommandFailure when it does not end.
     */
    public void kill() {
        process.destroyForcibly();
        awaitExit(EXIT_TIMEOUT_S);
    }

    /**
     * Waits for its end, which must be a success.
     *
     * @param timeoutS at most so long.
     * @throws CommandFailure when it does not end, or with another exit code than 0; says what it printed.
     */
    public void awaitSuccess(final long timeoutS) {
        final int exitCode = awaitExit(timeoutS);
        if (exitCode != 0) {
            throw new CommandFailure(name + ": ended with exit code " + exitCode + "; it printed\n" + logTail());
        }
    }

    /**
     * Finds what it has printed behind a word.
     *
     * @param key that a line begins with.
     * @return the rest of the first such line.
     * @throws CommandFailure when there is none; says what it printed.
     */
    public String printed(final String key) {
        return log().lines()
                .filter(line -> line.startsWith(key))
                .findFirst()
                .map(line -> line.substring(key.length()))
                .orElseThrow(() -> new CommandFailure(
                        name + ": printed no line that begins with '" + key + "', but\n" + logTail()));
    }

    /** What it has printed. */
    public String log() {
        try {
            return Files.exists(logFile) ? Files.readString(logFile) : "";
        } catch (final IOException e) {
            return "(" + logFile + ": " + e.getMessage() + ")";
        }
    }

    /** The last lines of what it has printed. */
    public String logTail() {
        final List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop(EXIT_TIMEOUT_S);
        }
    }
}
