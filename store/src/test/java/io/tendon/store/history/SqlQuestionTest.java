package io.tendon.store.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.store.StoreException;
import io.tendon.store.rows.ResultColumn;
import io.tendon.store.rows.RowSink;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Asks an engine of its own. */
class SqlQuestionTest {
    private static final long LONG_NS = TimeUnit.MINUTES.toNanos(5);
    private static final long SHORT_NS = TimeUnit.MILLISECONDS.toNanos(300);

    private final Rows rows = new Rows();

    @TempDir
    private Path dir;

    @SuppressWarnings("NullAway.Init")
    private DuckDBConnection connection;

    @BeforeEach
    void connect() throws SQLException {
        final Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        connection = HistoryEngine.connect(properties);
        try (var statement = connection.createStatement()) {
            new EngineLimits(EngineLimits.LIVE_MEMORY_MIB, 1, dir.resolve("spill")).apply(statement);
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void shouldPassOnEachTypeAsItIs() throws IOException {
        ask(
                LONG_NS,
                "SELECT 1::TINYINT, 18446744073709551615::UBIGINT, 0.1::FLOAT, 'nan'::DOUBLE, NULL::DOUBLE, true,"
                        + " 'ä', '\\x00\\xFF'::BLOB, [1.5, NULL], {'a': 1, 'b': [2]}, 1.25::DECIMAL(8, 2)");

        assertThat(rows.all).hasSize(1);
        assertThat(rows.all.get(0))
                .map(String::valueOf)
                .containsExactly(
                        "1",
                        "18446744073709551615",
                        "0.1",
                        "NaN",
                        "null",
                        "true",
                        "ä",
                        "00ff",
                        "[1.5, null]",
                        "{a=1, b=[2]}",
                        "1.25");
    }

    @Test
    void shouldSayMomentsToTheNanosecondAlsoInAnHourThatTheMachinesTimeZoneDoesNotHave() throws IOException {
        final TimeZone ofMachine = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        try {
            ask(LONG_NS, "SELECT TIMESTAMP_NS '2026-03-29 02:30:00.123456789', TIMESTAMP '2026-03-29 02:30:00'");
        } finally {
            TimeZone.setDefault(ofMachine);
        }

        assertThat(rows.all)
                .containsExactly(List.of("2026-03-29T02:30:00.123456789Z", "2026-03-29T02:30:00.000000000Z"));
    }

    @Test
    @Timeout(60)
    void shouldBreakOffWhatTakesTooLongToTheFirstRow() {
        assertThatThrownBy(() -> ask(SHORT_NS, "SELECT count(*) FROM range(10000000) a, range(10000000) b"))
                .isInstanceOf(StoreException.class)
                .hasMessage("sql: broken off, took longer than 300ms; ask for less, or with a longer --timeout");
    }

    @Test
    @Timeout(60)
    void shouldBreakOffWhatTakesTooLongBetweenTwoRows() {
        assertThatThrownBy(() -> ask(SHORT_NS, "SELECT range FROM range(1000000000000)"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("took longer than 300ms");
        assertThat(rows.all).isNotEmpty();
    }

    @Test
    @Timeout(60)
    void shouldSayThatItWasCancelled() {
        final SqlQuestion question = new SqlQuestion(connection, LONG_NS);
        rows.whenFirst = question::cancel;

        assertThatThrownBy(() -> question.ask("SELECT range FROM range(1000000000000)", rows))
                .isInstanceOf(StoreException.class)
                .hasMessage("sql: broken off; ask again");
    }

    @Test
    void shouldOnlyLook() {
        for (final String order : List.of("CREATE TABLE t (a INTEGER)", "DROP TABLE t", "COPY (SELECT 1) TO 'x'")) {
            assertThatThrownBy(() -> ask(LONG_NS, order))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("must be one SELECT, SHOW, DESCRIBE or SUMMARIZE");
        }
        assertThatThrownBy(() -> ask(LONG_NS, "SELECT 1; SELECT 2"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is 2 statements; must be one");
    }

    private void ask(final long timeoutNs, final String sql) throws IOException {
        new SqlQuestion(connection, timeoutNs).ask(sql, rows);
    }

    private static final class Rows implements RowSink {
        private final List<List<@Nullable Object>> all = new ArrayList<>();
        private @Nullable Runnable whenFirst;

        @Override
        public void columns(final List<ResultColumn> columns) {
            assertThat(columns).isNotEmpty();
        }

        @Override
        public void row(final List<@Nullable Object> values) {
            if (all.isEmpty() && whenFirst != null) {
                whenFirst.run();
            }
            // Of endless answers the first rows are enough.
            if (all.size() < 100) {
                all.add(new ArrayList<>(values));
            }
        }

        @Override
        public void end() {
            // Nothing is open.
        }
    }
}
