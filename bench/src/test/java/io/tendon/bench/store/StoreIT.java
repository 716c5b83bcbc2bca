package io.tendon.bench.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bench.RunScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every part of the store's benchmark runs, on real processes, and every answer is the right one; how fast it was in so
 * short a time is worth nothing, and not judged.
 */
@Tag("minutes")
class StoreIT {
    @TempDir
    private Path directory;

    @Test
    void shouldMeasureTheStoreAndFindEveryAnswerRight() throws IOException, InterruptedException {
        final RunScript run =
                RunScript.run(directory.resolve("log"), "store", "--quick", "--out", directory.toString());

        assertThat(run.exitCode()).as(run.output()).isIn(0, 1);
        assertThat(run.output())
                .containsPattern("every second of 15 min +[0-9.]+ m?s")
                .containsPattern("34,000: Tendon, graph +[0-9.]+")
                .containsPattern("34,000: Lucene, one graph +[0-9.]+")
                .containsPattern("34,000: SQLite, BLOBs compared +[0-9.]+")
                .containsPattern("SQLite, WAL +[0-9,]+/s")
                .containsPattern("H2 MVStore +[0-9,]+/s")
                .containsPattern("a log of 100 MB +[0-9.]+ m?s")
                .containsPattern("bare Aeron Archive +[0-9,]+ MB")
                .containsPattern("built anew by reindex, the command's start in it +[0-9,]+/s")
                .containsPattern("and: disk-stall, scans of all rows, a rebuild +[0-9.]+ us")
                .containsPattern("disk-stall held [1-9][0-9]* writes")
                .containsPattern("(GREEN|RED): .*store.json")
                .doesNotContain("could not be");
        // What is right does not depend on the machine.
        assertThat(run.output().lines().filter(line -> line.endsWith("bar: equal")))
                .as(run.output())
                .hasSize(4)
                .allMatch(line -> line.startsWith("kept "));
        assertThat(run.output().lines().filter(line -> line.contains("recall@10 of ")))
                .as(run.output())
                .hasSize(2)
                .allMatch(line -> line.startsWith("kept "));
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(List.of(
                            "log",
                            "store.json",
                            "store-engines.svg",
                            "store-memory.svg",
                            "store-neighbours.svg",
                            "store-publish.svg",
                            "store-ranges.svg",
                            "store-restart.svg"));
        }
    }
}
