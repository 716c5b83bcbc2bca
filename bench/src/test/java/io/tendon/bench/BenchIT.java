package io.tendon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All benchmarks run, on real processes; what they come to in so short a time is worth nothing, and not judged. */
@Tag("minutes")
class BenchIT {
    @TempDir
    private Path directory;

    @Test
    void shouldMeasureEverything() throws IOException, InterruptedException {
        final RunScript run = RunScript.run(directory.resolve("log"), "--quick", "--out", directory.toString());

        assertThat(run.exitCode()).as(run.output()).isIn(0, 1);
        assertThat(run.output())
                .containsPattern("publish, floor: tryClaim and copy +[0-9.]+ ns +[0-9.]+ ns")
                .containsPattern("dispatch, one a poll, floor: poll +[0-9.]+ ns")
                .containsPattern("Tendon +[0-9.]+ us +[0-9.]+ us")
                .containsPattern("Chronicle Queue +[0-9.]+ us")
                .containsPattern("JeroMQ ipc +[0-9.]+ us")
                .containsPattern("bare Aeron Archive +[0-9]+ MiB/s +[0-9]+ MiB/s")
                .containsPattern("(GREEN|RED): .*results.json");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("log", "results.json", "round-trip.hlog", "round-trip.svg");
        }
    }
}
