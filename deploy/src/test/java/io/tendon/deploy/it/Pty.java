package io.tendon.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A shell command on a terminal of its own, which the {@code script} command of util-linux makes. */
final class Pty implements AutoCloseable {
    private static final int END_LINES = 25;

    private final Path output;
    private final Process process;

    private Pty(final Path output, final Process process) {
        this.output = output;
        this.process = process;
    }

    /**
     * Starts a command.
     *
     * @param output gets what the terminal shows, escape sequences and all.
     * @param installation for whose sessions it is.
     * @param columns of the terminal.
     * @param rows of the terminal.
     * @param command of the shell.
     * @return the running command.
     */
    static Pty start(
            final Path output,
            final Installation installation,
            final int columns,
            final int rows,
            final String command) {
        try {
            final ProcessBuilder builder = new ProcessBuilder(List.of(
                            // Where the tests run in the background, SIGINT is ignored by all that they start.
                            "env",
                            "--default-signal=INT",
                            "TERM=xterm",
                            "script",
                            "-qefc",
                            "stty cols " + columns + " rows " + rows + "; " + command,
                            "/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().remove("NO_COLOR");
            // Ctrl-C reaches the shell, too; bash goes on when its command took it, dash ends with 130.
            builder.environment().put("SHELL", "/bin/bash");
            builder.environment().put("TENDON_DATA", installation.data().toString());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home", ""));
            return new Pty(output, builder.start());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Types. */
    void type(final String keys) {
        try {
            process.getOutputStream().write(keys.getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that the terminal has been sent. */
    String output() {
        try {
            return Files.exists(output) ? Files.readString(output) : "";
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines that the terminal has been sent: what to look at when it ended otherwise than it should. */
    String end() {
        final List<String> lines =
                output().lines().filter(line -> !line.isBlank()).toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - END_LINES), lines.size()));
    }

    /** Waits for the command's end; its exit code. */
    int awaitExit() {
        try {
            assertThat(process.waitFor(150, TimeUnit.SECONDS)).as(end()).isTrue();
            return process.exitValue();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Hangs up, if it still runs. */
    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroy();
            awaitExit();
        }
    }
}
