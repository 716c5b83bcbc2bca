package io.tendon.deploy.it.readme;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A place in which the lines of the table mean what they say: a clone's {@code deploy}, an arm of one's own, the commands on
 * the path, and data and shared memory that no other robot of this machine sees.
 */
final class ReadmeHome implements AutoCloseable {
    private static final String OWN_ARM = "src/test/resources/robots/desk_arm_with_jaw.urdf";
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final Path directory;
    private final Path memory;

    /** Lays it out under a directory. */
    ReadmeHome(final Path parent) {
        try {
            directory = Files.createTempDirectory(parent, "home");
            memory = Files.createDirectories(Path.of(
                    "/dev/shm", "tendon-readme-" + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet()));
            Files.createSymbolicLink(directory.resolve("deploy"), Path.of("").toAbsolutePath());
            Files.copy(Path.of("../robot-model", OWN_ARM), directory.resolve("my-arm.urdf"));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command that was started. */
    record Running(Process process, Path output) {
        /** What it has printed, on stdout and stderr. */
        String printed() {
            try {
                return Files.readString(output);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Presses Ctrl-C. */
        void interrupt() {
            try {
                new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Waits for its end, and ends it if that takes too long. */
        int exitCode() {
            try {
                if (!process.waitFor(120, TimeUnit.SECONDS)) {
                    process.destroy();
                    throw new AssertionError("did not end:\n" + printed());
                }
                return process.exitValue();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** Types a line at a shell; a single command takes the shell's place, so that a signal reaches it. */
    Running start(final String line) {
        final boolean isSingle = !line.startsWith("source ");
        // Where the tests run in the background, SIGINT is ignored by all that they start.
        final ProcessBuilder builder = new ProcessBuilder(
                        List.of("env", "--default-signal=INT", "bash", "-c", (isSingle ? "exec " : "") + line))
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true);
        final var environment = builder.environment();
        final Path bin = Path.of(Objects.requireNonNull(System.getProperty("tendon.test.home")), "bin");
        environment.put("PATH", bin + File.pathSeparator + environment.get("PATH"));
        environment.put("TENDON_DATA", directory.resolve("data").toString());
        environment.put("TENDON_JAVA_OPTS", "-Dtendon.runtime.root=" + memory);
        final String javaHome = System.getenv("TENDON_TEST_JAVA_HOME");
        environment.put(
                "JAVA_HOME", javaHome == null || javaHome.isBlank() ? System.getProperty("java.home", "") : javaHome);
        try {
            final Path output = Files.createTempFile(directory, "output", ".txt");
            return new Running(builder.redirectOutput(output.toFile()).start(), output);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that a command may have written. */
    Path file(final String name) {
        return directory.resolve(name);
    }

    @Override
    public void close() throws IOException {
        Files.delete(directory.resolve("deploy"));
        try (Stream<Path> left = Files.walk(memory)) {
            for (final Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
