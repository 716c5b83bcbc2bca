package io.tendon.bench.store.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bench.run.Progress;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.store.history.HistoryIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DayHistoryTest {
    private static final Progress PROGRESS = new Progress(line -> {}, () -> false);

    @TempDir
    private Path directory;

    @Test
    void shouldKeepWhatItMadeWhateverIsDoneWithWhatItLends() throws IOException {
        final Path kept = directory.resolve("kept");
        final DayHistory day = new DayHistory(kept, 1);
        assertThat(day.isMade()).isFalse();
        day.make(PROGRESS);
        assertThat(day.isMade()).isTrue();
        final TreeMap<String, Long> made = files(kept);

        day.lend(directory.resolve("lent"));
        final DayHistory lent = new DayHistory(directory.resolve("lent"), 1);
        for (final Path file : HistoryIndex.files(directory.resolve("lent"))) {
            Files.writeString(file, "changed");
        }
        day.make(PROGRESS);
        day.dropUnfinished();

        assertThat(lent.sizeBytes()).isEqualTo("changed".length());
        assertThat(files(kept)).isEqualTo(made);
        assertThatThrownBy(() -> new DayHistory(kept, 2).isMade())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("holds: 1 minutes", "must be: 2 minutes");
        Files.writeString(HistoryIndex.files(kept).get(0), "short");
        assertThatThrownBy(day::isMade)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is not whole any more");
    }

    @Test
    void shouldTouchNoDirectoryThatHoldsSomethingElse() throws IOException {
        final Path file = Files.writeString(directory.resolve("history.duckdb"), "of a session");
        final DayHistory day = new DayHistory(directory, 1);

        assertThatThrownBy(() -> day.make(PROGRESS))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must be empty");
        day.dropUnfinished();

        assertThat(file).hasContent("of a session");
    }

    @Test
    void shouldNotTakeAHalfMadeOneForWhole() throws IOException {
        final DayHistory day = new DayHistory(directory, 1);
        final AtomicInteger commits = new AtomicInteger();
        final Progress stopped = new Progress(line -> {}, () -> commits.incrementAndGet() > 2);

        assertThatThrownBy(() -> day.make(stopped)).isInstanceOf(CommandFailure.class);
        assertThat(day.isMade()).isFalse();
        assertThat(HistoryIndex.files(directory)).isNotEmpty();
        Files.writeString(directory.resolve("of-the-user"), "kept");
        day.dropUnfinished();

        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.map(path -> String.valueOf(path.getFileName()))).isEqualTo(List.of("of-the-user"));
        }
    }

    private static TreeMap<String, Long> files(final Path directory) throws IOException {
        final TreeMap<String, Long> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(directory)) {
            for (final Path file : all.toList()) {
                files.put(
                        String.valueOf(file.getFileName()),
                        Files.getLastModifiedTime(file).toMillis() * 31 + Files.size(file));
            }
        }
        return files;
    }
}
