package io.tendon.bench.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.certify.measure.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that is stopped leaves nothing: no process, no file, in memory or on the disk. */
@Tag("minutes")
class StopIT {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long TIMEOUT_NS = 180_000_000_000L;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "INT,RANGES,ranges",
        "TERM,NEIGHBOURS,'  34,000 vectors: taken in'",
        "TERM,RESTART,'  recording 100 MB'",
        "INT,ROBOT,'  recording and indexing'",
        "INT,ROBOT,'  publishing, round 1'"
    })
    void shouldLeaveNothingBehind(final String signal, final String part, final String after)
            throws IOException, InterruptedException {
        final Path log = directory.resolve("log");
        final Path day = directory.resolve("day");
        final Process run = start(log, "--part", part, "--day", day.toString());
        try {
            assertThat(Waiting.until(() -> !run.isAlive() || hasSaid(log, after), TIMEOUT_NS))
                    .isTrue();
            // So that what comes next has begun.
            assertThat(run.waitFor(1_500, TimeUnit.MILLISECONDS))
                    .as(Files.readString(log))
                    .isFalse();
            final List<ProcessHandle> children = run.toHandle().descendants().toList();

            signal(signal, run.pid());

            assertThat(run.waitFor(80, TimeUnit.SECONDS))
                    .as(Files.readString(log))
                    .isTrue();
            assertThat(run.exitValue()).as(Files.readString(log)).isEqualTo(1);
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(left(run.pid())).as(Files.readString(log)).isEmpty();
            assertThat(Files.readString(log)).contains("stopping what runs").doesNotContain("could not be");
        } finally {
            run.descendants().forEach(ProcessHandle::destroyForcibly);
            run.destroyForcibly().waitFor();
        }
    }

    private static Process start(final Path log, final String... arguments) throws IOException {
        final List<String> line = new ArrayList<>(List.of(
                // Who runs tests behind others' backs has it ignored, and what it starts, too.
                "env",
                "--default-signal=INT",
                "sh",
                "run.sh",
                "store",
                "--quick",
                "--minutes",
                "10",
                "--out",
                log.resolveSibling("out").toString()));
        line.addAll(List.of(arguments));
        final ProcessBuilder command =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        command.environment().put("JAVA_HOME", System.getProperty("java.home", ""));
        return command.start();
    }

    private static boolean hasSaid(final Path log, final String words) {
        try {
            return Files.readString(log).lines().anyMatch(line -> line.startsWith("bench: " + words));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void signal(final String signal, final long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    /** What the run has made and not deleted; a day that is whole is kept. */
    private List<Path> left(final long pid) throws IOException {
        final List<Path> left = new ArrayList<>();
        try (Stream<Path> all = Files.list(MEMORY)) {
            all.filter(path -> String.valueOf(path.getFileName()).matches("tendon-.*bench-" + pid + "(-.*)?"))
                    .forEach(left::add);
        }
        final boolean isDayKept = Files.exists(directory.resolve("day/made"));
        try (Stream<Path> all = Files.walk(directory)) {
            all.filter(Files::isRegularFile)
                    .filter(path -> !path.endsWith("log"))
                    .filter(path -> !(isDayKept && path.startsWith(directory.resolve("day"))))
                    .forEach(left::add);
        }
        return left;
    }
}
