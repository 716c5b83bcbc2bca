package io.tendon.deploy.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The built distribution, run as a user would. Environment variable TENDON_TEST_JAVA_HOME runs it on another JDK than
 * that of the tests.
 */
final class Installation {
    private static final Path BUILT = Path.of(Objects.requireNonNull(System.getProperty("tendon.test.home")));

    private final Path home;
    private final Path data;

    Installation(final Path data) {
        this(BUILT, data);
    }

    private Installation(final Path home, final Path data) {
        this.home = home;
        this.data = data;
    }

    /** The same one with a line more in a file of its configuration, beside the data. */
    static Installation configured(final Path data, final String file, final String line) {
        try {
            final Path home = Files.createDirectory(data.resolve("home"));
            for (final String shared : List.of("bin", "lib")) {
                Files.createSymbolicLink(home.resolve(shared), BUILT.resolve(shared));
            }
            try (Stream<Path> shipped = Files.walk(BUILT.resolve("config"))) {
                for (final Path from : shipped.toList()) {
                    Files.copy(from, home.resolve(BUILT.relativize(from).toString()));
                }
            }
            Files.writeString(home.resolve("config").resolve(file), line + '\n', StandardOpenOption.APPEND);
            return new Installation(home, data);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a command printed and how it ended. */
    record Outcome(int exitCode, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    /** The directory of the installation. */
    Path home() {
        return home;
    }

    /** Where sessions are kept. */
    Path data() {
        return data;
    }

    /** Runs a command to its end; {@code --data} is added where the command is told of it. */
    Outcome run(final String command, final String... arguments) {
        try {
            final Path out = Files.createTempFile(data, "out", ".txt");
            final Path err = Files.createTempFile(data, "err", ".txt");
            final Process process = builder(command, arguments)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " " + List.of(arguments) + " did not end");
            }
            return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Starts a command in the background with its output in a file. */
    Process start(final Path output, final String command, final String... arguments) {
        try {
            final ProcessBuilder builder = builder(command, arguments);
            // Where the tests run in the background, SIGINT is ignored by all that they start.
            builder.command().addAll(0, List.of("env", "--default-signal=INT"));
            return builder.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder builder(final String command, final String... arguments) {
        final List<String> line = new ArrayList<>();
        line.add(home.resolve("bin").resolve(command).toString());
        line.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(line).redirectInput(new File("/dev/null"));
        builder.environment().put("TENDON_DATA", data.toString());
        final String javaHome = System.getenv("TENDON_TEST_JAVA_HOME");
        builder.environment()
                .put(
                        "JAVA_HOME",
                        javaHome == null || javaHome.isBlank() ? System.getProperty("java.home", "") : javaHome);
        return builder;
    }
}
