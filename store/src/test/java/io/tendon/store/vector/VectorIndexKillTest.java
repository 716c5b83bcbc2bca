package io.tendon.store.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.sessionlog.TestJvm;
import io.tendon.store.Indexer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that appends, again and again, and holds what is there against the log. */
class VectorIndexKillTest {
    private static final int KILLS = 12;
    private static final int COUNT = 12_000;

    @TempDir
    private Path dir;

    @Test
    void shouldNeitherLoseNorDoubleAnythingWhenItIsKilled() throws IOException, InterruptedException {
        final long seed = 23;
        final Random random = new Random(seed);
        final Path index = dir.resolve("index");
        final List<String> notices = new ArrayList<>();
        int killed = 0;
        try (RecordedEmbeddings recorded = new RecordedEmbeddings(dir.resolve("recorder"), seed)) {
            recorded.publish(COUNT);
            long before = 0;
            for (int i = 0; i < KILLS; i++) {
                final Process process = launch(recorded.archiveDir(), index);
                try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                    assertThat(lines.readLine()).isEqualTo("begins");
                    final boolean isOver = process.waitFor(20 + random.nextInt(150), TimeUnit.MILLISECONDS);
                    killed += isOver ? 0 : 1;
                    process.destroyForcibly();
                    process.waitFor();
                }
                final long stored = assertNothingDoubled(recorded, index);
                assertThat(stored).as("seed %d, kill %d", seed, i).isGreaterThanOrEqualTo(before);
                before = stored;
            }
            final VectorIndex opened = VectorIndex.open(index, notices::add).orElseThrow();
            try (Indexer indexer = RecordedEmbeddings.indexer(recorded.archiveDir(), opened)) {
                indexer.catchUp(1_000);
            }
            assertThat(RecordedEmbeddings.stored(index)).as("seed %d", seed).isEqualTo(recorded.said());
        }
        assertThat(killed).as("kills that found it at work").isGreaterThan(KILLS / 2);
    }

    private static long assertNothingDoubled(final RecordedEmbeddings recorded, final Path index) {
        final Map<String, List<RecordedEmbeddings.Said>> said = recorded.said();
        long stored = 0;
        for (final var model : RecordedEmbeddings.stored(index).entrySet()) {
            assertThat(model.getValue()).doesNotHaveDuplicates();
            assertThat(said.get(model.getKey())).containsAll(model.getValue());
            stored += model.getValue().size();
        }
        return stored;
    }

    private static Process launch(final Path archiveDir, final Path index) throws IOException {
        return TestJvm.command(List.of(), AppendingProcess.class, archiveDir.toString(), index.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
