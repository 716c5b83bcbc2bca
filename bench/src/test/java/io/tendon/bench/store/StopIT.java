package io.tendon.bench.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bench.store.history.DayHistory;
import io.tendon.bus.signal.SupervisorWatch;
import io.tendon.certify.measure.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A run that is stopped leaves nothing: no process, whenever it was started; no file and no directory, in memory, among the
 * temporary files or on the disk, but for what its user has named and a day of history that is whole.
 */
@Tag("minutes")
class StopIT {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final Path PROCESSES = Path.of("/proc");
    private static final int MINUTES = 10;
    private static final long TIMEOUT_NS = 180_000_000_000L;

    @TempDir
    private Path directory;

    /** The last: the recorder, the writer, who holds its writes, the question and the rebuild. */
    @ParameterizedTest
    @CsvSource({
        "INT,RANGES,ranges,0,false",
        "TERM,NEIGHBOURS,'  34,000 vectors: taken in',0,false",
        "TERM,RESTART,'  recording 10 MB',2,false",
        "INT,ROBOT,'  recording and indexing',2,true",
        "INT,ROBOT,'  publishing, round 1',5,true"
    })
    void shouldLeaveNothingBehind(
            final String signal, final String part, final String after, final int processes, final boolean hasDay)
            throws IOException, InterruptedException {
        final Path log = directory.resolve("log");
        final Path day = directory.resolve("day");
        final Process run = start(log, "--part", part, "--day", day.toString());
        try {
            assertThat(Waiting.until(() -> !run.isAlive() || hasSaid(log, after), TIMEOUT_NS))
                    .isTrue();
            // So that what comes next has begun: its processes show it, where there are any.
            assertThat(run.waitFor(processes == 0 ? 1_500 : 0, TimeUnit.MILLISECONDS))
                    .as(Files.readString(log))
                    .isFalse();
            assertThat(Waiting.until(
                            () -> !run.isAlive() || startedBy(run.pid()).size() >= processes, TIMEOUT_NS))
                    .isTrue();
            assertThat(run.isAlive()).as(Files.readString(log)).isTrue();

            signal(signal, run.pid());

            assertThat(run.waitFor(80, TimeUnit.SECONDS))
                    .as(Files.readString(log))
                    .isTrue();
            assertThat(run.exitValue()).as(Files.readString(log)).isEqualTo(1);
            assertThat(startedBy(run.pid())).as(Files.readString(log)).isEmpty();
            assertThat(left(run.pid())).as(Files.readString(log)).isEmpty();
            assertThat(Files.readString(log))
                    .contains("stopping what runs", "no results")
                    .doesNotContain("could not be", "failed unexpectedly", "GREEN", "RED");
            // One that is made is not damaged by what was done with it.
            assertThat(new DayHistory(day, MINUTES).isMade()).isEqualTo(hasDay);
        } finally {
            run.descendants().forEach(ProcessHandle::destroyForcibly);
            run.destroyForcibly().waitFor();
        }
    }

    private Process start(final Path log, final String... arguments) throws IOException {
        final List<String> line = new ArrayList<>(List.of(
                // Who runs tests behind others' backs has it ignored, and what it starts, too.
                "env",
                "--default-signal=INT",
                "sh",
                "run.sh",
                "store",
                "--quick",
                "--minutes",
                Integer.toString(MINUTES),
                "--out",
                log.resolveSibling("out").toString()));
        line.addAll(List.of(arguments));
        final ProcessBuilder command =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        command.environment().put("JAVA_HOME", System.getProperty("java.home", ""));
        // Its own, so that what stays in it can be told from what others have there.
        command.environment()
                .put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + Files.createDirectory(directory.resolve("tmp")));
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

    /** Processes that were started by a run, as long as they are there: each carries in its environment for whom it works. */
    private static List<Long> startedBy(final long pid) {
        final String supervised = SupervisorWatch.VARIABLE + '=' + pid + '\0';
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .filter(other -> ('\0' + environment(other)).contains('\0' + supervised))
                .toList();
    }

    /** Empty of one that has ended, or is somebody else's. */
    private static String environment(final long pid) {
        try {
            return Files.readString(PROCESSES.resolve(pid + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (final IOException e) {
            return "";
        }
    }

    /** What the run has made and not deleted; a day that is whole is kept, and directories that its user has named. */
    private List<Path> left(final long pid) throws IOException {
        final List<Path> left = new ArrayList<>();
        try (Stream<Path> all = Files.list(MEMORY)) {
            all.filter(path -> String.valueOf(path.getFileName()).matches("tendon-.*bench-" + pid + "(-.*)?"))
                    .forEach(left::add);
        }
        final Path day = directory.resolve("day");
        final boolean isDayKept = Files.exists(day.resolve("made"));
        final Set<Path> given =
                Set.of(directory, directory.resolve("log"), directory.resolve("out"), directory.resolve("tmp"), day);
        try (Stream<Path> all = Files.walk(directory)) {
            all.filter(path -> !given.contains(path))
                    .filter(path -> !(isDayKept && path.startsWith(day)))
                    .forEach(left::add);
        }
        return left;
    }
}
