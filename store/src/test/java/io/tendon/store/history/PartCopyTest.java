package io.tendon.store.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part of several slices, and of row groups larger than those of an open part, in its other form and back. */
class PartCopyTest {
    private static final int ROWS = 130_000;
    private static final int SLICE_ROWS = 61_440;

    @TempDir
    private Path dir;

    private HistoryEngine engine;
    private PartFile open;

    @BeforeEach
    void makePart() throws SQLException {
        engine = HistoryEngine.start(new EngineLimits(EngineLimits.LIVE_MEMORY_MIB, 1, dir.resolve("spill")));
        open = new PartFile(dir, PartFile.BEGINNING);
        engine.attachOrSetAside(open, notice -> {
            throw new AssertionError(notice);
        });
        try (HistoryDatabase database = engine.database(open)) {
            database.execute("CREATE TABLE state AS SELECT (i * 7919) % 1000003 AS a, [i, i + 0.5]::DOUBLE[2] AS b"
                    + " FROM range(" + ROWS + ") r(i)");
            database.execute("DELETE FROM state WHERE a % 1000 = 7");
            database.execute("CREATE TABLE position (stream INTEGER, position BIGINT, PRIMARY KEY (stream))");
            database.execute("INSERT INTO position VALUES (1, 2)");
            database.execute("CREATE TABLE nothing (a VARCHAR)");
        }
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void shouldHoldTheSameRowsInTheSameOrderInEitherForm() throws SQLException, IOException {
        final List<String> rows = rows(open);
        assertThat(rows).hasSizeBetween(ROWS / 2, ROWS - 1);
        assertThat(blockBytes(open)).isEqualTo(16_384);

        final PartFile sealed = copy(open);
        assertThat(sealed.isSealed()).isTrue();
        assertThat(rows(sealed)).isEqualTo(rows);
        assertThat(blockBytes(sealed)).isEqualTo(262_144);
        assertThat(files()).containsExactly(sealed.path());
        assertThatThrownBy(() -> {
                    try (HistoryDatabase database = engine.database(sealed)) {
                        database.execute("INSERT INTO nothing VALUES ('x')");
                    }
                })
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("read-only");

        final PartFile again = copy(sealed);
        assertThat(again).isEqualTo(open);
        assertThat(rows(again)).isEqualTo(rows);
        assertThat(blockBytes(again)).isEqualTo(16_384);
        assertThat(files()).containsExactly(open.path());
        try (HistoryDatabase database = engine.database(again)) {
            assertThatThrownBy(() -> database.execute("INSERT INTO position VALUES (1, 3)"))
                    .as("the key is still one")
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void shouldLeaveThePartWhenItsLastTransactionsCannotBeTakenIntoTheCopy() throws SQLException, IOException {
        final List<String> rows = rows(open);
        try (PartCopy copy = PartCopy.begin(engine, open, SLICE_ROWS);
                HistoryDatabase writer = engine.databaseOfCopy(open)) {
            while (copy.step()) {
                // To the end.
            }
            writer.begin();
            writer.execute("INSERT INTO nothing VALUES ('not there yet')");
            assertThatThrownBy(copy::takePlace).isInstanceOf(SQLException.class).hasMessageContaining("CHECKPOINT");
        }
        assertThat(rows(open)).isEqualTo(rows);
        assertThat(copy(open).isSealed()).isTrue();
    }

    @Test
    void shouldLeaveThePartAndNothingElseWhenItIsBrokenOff() throws SQLException, IOException {
        final List<String> rows = rows(open);
        try (PartCopy copy = PartCopy.begin(engine, open, SLICE_ROWS)) {
            assertThat(copy.step()).isTrue();
            assertThat(open.inOtherForm().copyPath()).exists();
        }
        assertThat(open.inOtherForm().copyPath()).doesNotExist();
        assertThat(rows(open)).isEqualTo(rows);
    }

    private PartFile copy(final PartFile part) throws SQLException, IOException {
        int slices = 1;
        try (PartCopy copy = PartCopy.begin(engine, part, SLICE_ROWS)) {
            while (copy.step()) {
                slices++;
            }
            assertThat(slices).isEqualTo(ROWS / SLICE_ROWS + 1);
            return copy.takePlace();
        }
    }

    private List<String> rows(final PartFile part) throws SQLException {
        engine.attach(part);
        final List<String> rows = new ArrayList<>();
        try (HistoryDatabase database = engine.database(part);
                ResultSet row = database.query("SELECT a || ' ' || b[1] || ' ' || b[2] FROM state")) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }

    private long blockBytes(final PartFile part) throws SQLException {
        engine.attach(part);
        try (HistoryDatabase database = engine.database(part);
                ResultSet row = database.query(
                        "SELECT block_size FROM pragma_database_size() WHERE database_name = '" + part.name() + "'")) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.toString().contains(".duckdb"))
                    .filter(file -> !file.toString().endsWith(".duckdb.wal"))
                    .toList();
        }
    }
}
