package io.tendon.bench.store.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bench.run.Progress;
import io.tendon.bench.store.source.ArmMessages;
import io.tendon.bench.store.source.MessageFeed;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.store.history.HistoryIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DayHistoryTest {
    private static final long PART_ROWS = 50_000;
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
    void shouldKeepEachByteOfPartsWithWhichAnotherHistoryGoesOn() throws IOException {
        final Path kept = directory.resolve("kept");
        final Path lent = directory.resolve("lent");
        final DayHistory day = new DayHistory(kept, 2, PART_ROWS);
        day.make(PROGRESS);
        final TreeMap<String, Long> made = contents(kept);
        final List<Path> parts = HistoryIndex.files(kept);
        assertThat(parts).hasSize(2);
        assertThat(day.parts()).isEqualTo(2);
        assertThat(day.sealedParts()).isEqualTo(1);

        day.lend(lent);
        assertThat(Files.isSameFile(parts.get(0), lent.resolve(parts.get(0).getFileName())))
                .isTrue();
        goOn(new DayHistory(lent, 3, PART_ROWS), day.rows());

        assertThat(HistoryIndex.files(lent)).hasSize(3);
        assertThat(contents(kept)).isEqualTo(made);
        assertThat(day.isMade()).isTrue();
    }

    /** A minute more, and messages that come late for every part before it. */
    private static void goOn(final DayHistory day, final long from) {
        final ArmMessages messages = new ArmMessages();
        final MessageFeed feed = new MessageFeed(StreamCatalog.CONTROL_STATE, ArmMessages.LENGTH_BYTES);
        try (HistoryIndex index = day.open()) {
            for (long i = 0; i < from + DayHistory.MINUTE_ROWS; i++) {
                messages.encode(feed.buffer(), i);
                final RecordedMessage message = feed.next(ArmMessages.LENGTH_BYTES);
                if (i >= from) {
                    index.onMessage(message);
                }
                if (i % 5_000 == 0) {
                    index.commit();
                }
            }
            for (int minute = 0; minute < 2; minute++) {
                messages.encode(feed.buffer(), minute * DayHistory.MINUTE_ROWS);
                index.onMessage(feed.next(ArmMessages.LENGTH_BYTES));
            }
            index.commit();
        }
    }

    @Test
    void shouldLendTheSameFileOnlyOfWhatIsNotWrittenAnyMore() throws IOException {
        final Path kept = Files.createDirectory(directory.resolve("kept"));
        final Path lent = directory.resolve("lent");
        final List<String> copied = List.of("history-20260101T0020Z.duckdb", "history-20260101T0040Z.duckdb");
        for (final String name : copied) {
            Files.writeString(kept.resolve(name), name);
        }
        final String linked = "history.sealed.duckdb";
        Files.writeString(kept.resolve(linked), linked);

        new DayHistory(kept, 60).lend(lent);

        assertThat(Files.isSameFile(kept.resolve(linked), lent.resolve(linked))).isTrue();
        for (final String name : copied) {
            assertThat(lent.resolve(name)).hasContent(name);
            assertThat(Files.isSameFile(kept.resolve(name), lent.resolve(name))).isFalse();
        }
    }

    @Test
    void shouldNeitherMakeNorDropWhatAnotherRunMakes() throws IOException {
        final DayHistory other = new DayHistory(directory, 1);
        final AtomicInteger refusals = new AtomicInteger();
        final Progress between = new Progress(line -> {}, () -> {
            if (refusals.get() == 0) {
                refusals.incrementAndGet();
                assertThatThrownBy(() -> other.make(PROGRESS))
                        .isInstanceOf(ConfigException.class)
                        .hasMessageContaining("is being made by another run", "wait until that has ended");
                other.dropUnfinished();
            }
            return false;
        });

        final DayHistory day = new DayHistory(directory, 1);
        day.make(between);

        assertThat(refusals).hasValue(1);
        assertThat(day.isMade()).isTrue();
        assertThat(other.isMade()).isTrue();
    }

    @Test
    void shouldLeaveWhatARunBeforeHasLeftHalfMadeUntilItIsMadeAnew() throws IOException {
        Files.writeString(directory.resolve("being-made"), "");
        final Path half = Files.writeString(directory.resolve("history.duckdb"), "half");
        final DayHistory day = new DayHistory(directory, 1);

        assertThat(day.isMade()).isFalse();
        day.dropUnfinished();
        assertThat(half).hasContent("half");
        day.make(PROGRESS);

        assertThat(day.isMade()).isTrue();
        assertThat(directory.resolve("being-made")).doesNotExist();
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

    /** Checksum of each file by its name. */
    private static TreeMap<String, Long> contents(final Path directory) throws IOException {
        final TreeMap<String, Long> contents = new TreeMap<>();
        try (Stream<Path> all = Files.list(directory)) {
            for (final Path file : all.toList()) {
                final CRC32 checksum = new CRC32();
                checksum.update(Files.readAllBytes(file));
                contents.put(String.valueOf(file.getFileName()), checksum.getValue());
            }
        }
        return contents;
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
