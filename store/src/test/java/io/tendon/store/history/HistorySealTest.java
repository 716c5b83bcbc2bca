package io.tendon.store.history;

import static io.tendon.store.history.RecordedHistory.A_MINUTE;
import static io.tendon.store.history.RecordedHistory.ROWS_OF_THE_FIRST_PART;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part that is over is sealed, says what it said before, and is opened again when it has to be written. */
class HistorySealTest {
    /** Far fewer than a part has, so that it is sealed while the next one is written. */
    private static final int MESSAGES_A_COMMIT = 30;

    private static final int STATES = 3 * A_MINUTE + 100;
    private static final String SEALED = ".sealed.duckdb";

    @TempDir
    private Path dir;

    private RecordedHistory history;

    @BeforeEach
    void record() {
        history = new RecordedHistory(dir, STATES);
    }

    @AfterEach
    void close() {
        history.close();
    }

    @Test
    void shouldSealEachPartThatIsOverAndAnswerAsBefore() throws SQLException, IOException {
        try (HistoryIndex index = history.open()) {
            history.catchUp(index, MESSAGES_A_COMMIT);
            assertThat(sealed()).startsWith(true, true).endsWith(false);
            history.assertAsOfOnePart(index);
        }
        try (HistoryIndex index = history.open()) {
            assertThat(history.catchUp(index)).isZero();
            history.assertAsOfOnePart(index);
        }
        assertThat(others()).isEmpty();
        assertThat(history.notices()).isEmpty();
        Files.delete(history.files().get(0));
        Files.writeString(history.directory().resolve("history.duckdb.wal"), "left of it");
        try (HistoryIndex index = history.open()) {
            assertThat(history.notices()).singleElement().asString().contains("is gone");
            assertThat(history.catchUp(index)).isGreaterThan(STATES);
            history.assertAsOfOnePart(index);
            assertThat(sealed()).startsWith(false, true);
        }
    }

    @Test
    void shouldOpenASealedPartForWhatComesLateAndSealItAfterTheNextOneHasBegun() throws SQLException, IOException {
        try (HistoryIndex index = history.open()) {
            history.catchUp(index, MESSAGES_A_COMMIT);
            history.publishOne(777);
            history.publishOne(778);
            history.publish(STATES, 100);
            history.await();
            history.catchUp(index, MESSAGES_A_COMMIT);
            assertThat(sealed()).startsWith(false, true);
            history.assertAsOfOnePart(index);
            history.publish(STATES + 100, A_MINUTE);
            history.await();
            history.catchUp(index, MESSAGES_A_COMMIT);
            assertThat(sealed()).startsWith(true).endsWith(false);
            history.assertAsOfOnePart(index);
        }
        assertThat(others()).isEmpty();
        assertThat(history.notices()).isEmpty();
    }

    @Test
    void shouldGoOnReadingASealedPartThatIsOpened() throws SQLException {
        try (HistoryIndex index = history.open()) {
            history.catchUp(index, MESSAGES_A_COMMIT);
            try (DuckDBConnection asked = index.connection("s1");
                    Statement statement = asked.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT sequence FROM history.main.joint_state")) {
                assertThat(rows.next()).isTrue();
                history.publishOne(777);
                history.await();
                history.catchUp(index);
                assertThat(sealed()).startsWith(false, true);
                int count = 1;
                while (rows.next()) {
                    count++;
                }
                assertThat(count).isEqualTo(ROWS_OF_THE_FIRST_PART);
            }
            history.assertAsOfOnePart(index);
        }
    }

    @Test
    void shouldNotTakeThePlaceOfAPartThatIsRead() throws SQLException {
        try (HistoryIndex index = history.open()) {
            try (DuckDBConnection asked = index.connection("s1")) {
                history.catchUp(index, MESSAGES_A_COMMIT);
                assertThat(asked.isClosed()).isFalse();
                assertThat(sealed()).containsOnly(false);
                history.assertAsOfOnePart(index);
            }
            history.publish(STATES, 300);
            history.await();
            history.catchUp(index, MESSAGES_A_COMMIT);
            assertThat(sealed()).contains(true);
            history.assertAsOfOnePart(index);
        }
    }

    @Test
    void shouldSealWhatWasNotBeforeItWasClosed() throws SQLException, IOException {
        try (HistoryIndex index = history.open()) {
            history.catchUp(index);
            assertThat(sealed()).contains(false);
        }
        history.publish(STATES, 300);
        history.await();
        try (HistoryIndex index = history.open()) {
            history.catchUp(index, 3);
            assertThat(sealed()).startsWith(true, true).endsWith(false);
            history.assertAsOfOnePart(index);
        }
        assertThat(others()).isEmpty();
    }

    @Test
    void shouldPassOverWhatAProcessThatEndedLeftBeside() throws SQLException, IOException {
        try (HistoryIndex index = history.open()) {
            history.catchUp(index, MESSAGES_A_COMMIT);
        }
        final Path sealed = history.files().get(1);
        final Path open = sealed.resolveSibling(sealed.getFileName().toString().replace(SEALED, ".duckdb"));
        Files.writeString(open.resolveSibling(open.getFileName() + ".new"), "half of it");
        Files.writeString(open.resolveSibling(open.getFileName() + ".new.wal"), "and that");
        Files.writeString(open.resolveSibling(open.getFileName() + ".wal"), "left of the open form");
        try (HistoryIndex index = history.open()) {
            assertThat(history.catchUp(index)).isZero();
            history.assertAsOfOnePart(index);
        }
        assertThat(others()).isEmpty();
        assertThat(history.notices()).isEmpty();
    }

    @Test
    void shouldKeepTheOpenFormOfAPartThatIsThereInBoth() throws SQLException, IOException {
        try (HistoryIndex index = history.open()) {
            history.catchUp(index);
        }
        final Path open = history.files().get(1);
        final Path sealed = open.resolveSibling(open.getFileName().toString().replace(".duckdb", SEALED));
        Files.writeString(sealed, "the same, or not");
        try (HistoryIndex index = history.open()) {
            assertThat(sealed).doesNotExist();
            assertThat(history.catchUp(index)).isZero();
            history.assertAsOfOnePart(index);
        }
        assertThat(history.notices()).isEmpty();
    }

    @Test
    void shouldDropAPartThatIsThereInBothForms() throws SQLException, IOException {
        try (HistoryIndex index = history.open()) {
            history.catchUp(index);
        }
        final Path open = history.files().get(1);
        Files.writeString(open.resolveSibling(open.getFileName().toString().replace(".duckdb", SEALED)), "the same");
        HistoryIndex.drop(history.directory());
        assertThat(history.files()).isEmpty();
    }

    @Test
    void shouldMakeASealedPartAgainThatIsDamaged() throws SQLException, IOException {
        try (HistoryIndex index = history.open()) {
            history.catchUp(index, MESSAGES_A_COMMIT);
        }
        for (int i = 0; i < 2; i++) {
            final Path part = history.files().get(i);
            assertThat(part.toString()).endsWith(SEALED);
            if (i == 0) {
                Files.write(part, new byte[0]);
            } else {
                try (RandomAccessFile bytes = new RandomAccessFile(part.toFile(), "rw")) {
                    bytes.seek(8);
                    bytes.write("duck".getBytes(StandardCharsets.US_ASCII));
                }
            }
            history.notices().clear();
            try (HistoryIndex index = history.open()) {
                assertThat(history.notices())
                        .as("part %d", i)
                        .singleElement()
                        .asString()
                        .contains("made again from the recording");
                assertThat(history.catchUp(index)).isGreaterThan(STATES);
                history.assertAsOfOnePart(index);
            }
        }
    }

    @Test
    void shouldDeleteRowsOfSealedParts() throws SQLException {
        try (HistoryIndex index = history.open();
                HistoryIndex one = history.openOne()) {
            history.catchUp(index, MESSAGES_A_COMMIT);
            history.catchUp(one);
            assertThat(sealed()).startsWith(true, true);
            history.forget(index, one, 90);
            // All of the first part is gone; of the second half is, so that it was opened.
            assertThat(sealed()).hasSize(3).startsWith(false);
            assertThat(RecordedHistory.contents(index)).isEqualTo(RecordedHistory.contents(one));
        }
        try (HistoryIndex index = history.open()) {
            assertThat(history.catchUp(index)).isZero();
            history.assertAsOfOnePartAsItStands(index);
        }
        assertThat(history.notices()).isEmpty();
    }

    @Test
    void shouldSayWhatCannotBeSealedAndGoOn() throws SQLException, IOException {
        // Where its copy would grow there is something else, which cannot be deleted.
        final Path inTheWay = history.directory().resolve("history" + SEALED + ".new/something");
        try (HistoryIndex index = history.open()) {
            Files.createDirectories(inTheWay);
            history.catchUp(index, MESSAGES_A_COMMIT);
            history.assertAsOfOnePart(index);
            assertThat(sealed()).startsWith(false, true);
            assertThat(history.notices()).isNotEmpty().allMatch(notice -> notice.contains("cannot be sealed"));
        }
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
    }

    /** Of each part, by time: whether it is sealed. */
    private List<Boolean> sealed() {
        return history.files().stream()
                .map(file -> file.toString().endsWith(SEALED))
                .toList();
    }

    /** Files beside the parts, but for the lock and the place for what does not fit into memory. */
    private List<Path> others() throws IOException {
        final List<Path> parts = history.files();
        try (Stream<Path> files = Files.list(history.directory())) {
            return files.filter(file -> !parts.contains(file)).toList();
        }
    }
}
