package io.tendon.store.history;

import io.tendon.bus.config.Durations;
import io.tendon.store.StoreException;
import io.tendon.store.rows.ResultColumn;
import io.tendon.store.rows.RowSink;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Blob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/** Answers one question in SQL; it may only look. One owner thread, but for {@link #cancel}. */
public final class SqlQuestion {
    private final DuckDBConnection connection;
    private final long timeoutNs;
    // Set and cleared by the owner, read by who cancels.
    private final AtomicReference<@Nullable Statement> running = new AtomicReference<>();
    // Set by who cancels and by the timer, read by the owner.
    private volatile boolean isCancelled;
    private volatile boolean isExpired;

    /**
     * A question to a history.
     *
     * @param connection of {@link HistoryIndex#connection}.
     * @param timeoutNs after which it is broken off, its last row included.
     */
    public SqlQuestion(final DuckDBConnection connection, final long timeoutNs) {
        this.connection = connection;
        this.timeoutNs = timeoutNs;
    }

    /**
     * Asks.
     *
     * @param sql one SELECT, or DESCRIBE or SHOW.
     * @param sink of the rows.
     * @throws StoreException when it is no question, has a mistake, or takes too long; the text says which.
     * @throws IOException when the sink refuses.
     */
    public void ask(final String sql, final RowSink sink) throws IOException {
        requireQuestion(sql);
        // The engine's own covers the way to the first row alone.
        final CompletableFuture<Void> timer = CompletableFuture.runAsync(
                () -> {
                    isExpired = true;
                    interrupt();
                },
                CompletableFuture.delayedExecutor(timeoutNs, TimeUnit.NANOSECONDS));
        try (Statement statement = connection.createStatement()) {
            running.set(statement);
            requireWanted();
            try (ResultSet rows = statement.executeQuery(sql)) {
                pass(rows, sink);
            } finally {
                running.set(null);
            }
        } catch (final SQLException e) {
            throw new StoreException(text(e), e);
        } finally {
            timer.cancel(false);
        }
    }

    /** Breaks it off. Any thread. */
    public void cancel() {
        isCancelled = true;
        interrupt();
    }

    private void interrupt() {
        final Statement statement = running.get();
        if (statement != null) {
            try {
                statement.cancel();
            } catch (final SQLException e) {
                // It has just ended.
            }
        }
    }

    /** Asks the engine's own parser, which tells nothing but questions apart. */
    private void requireQuestion(final String sql) {
        try (PreparedStatement parse = connection.prepareStatement(
                "SELECT tree->>'error_type', json_array_length(tree->'statements') FROM (SELECT json_serialize_sql(?::VARCHAR) AS tree)")) {
            parse.setString(1, sql);
            try (ResultSet row = parse.executeQuery()) {
                row.next();
                // The engine's own word for what it cannot show as a tree: all but questions. Of a mistake it itself
                // says more.
                if ("not implemented".equals(row.getString(1))) {
                    throw new StoreException(
                            "sql: must be one SELECT, SHOW, DESCRIBE or SUMMARIZE, since nothing of a recording"
                                    + " is changed by hand; was: " + sql.strip());
                }
                if (row.getInt(2) > 1) {
                    throw new StoreException(
                            "sql: is " + row.getInt(2) + " statements; must be one; give them one by one");
                }
            }
        } catch (final SQLException e) {
            throw new StoreException(text(e), e);
        }
    }

    private void pass(final ResultSet rows, final RowSink sink) throws SQLException, IOException {
        final ResultSetMetaData meta = rows.getMetaData();
        final int count = meta.getColumnCount();
        final List<ResultColumn> columns = new ArrayList<>(count);
        final boolean[] isMoment = new boolean[count];
        for (int i = 1; i <= count; i++) {
            columns.add(new ResultColumn(meta.getColumnName(i), meta.getColumnTypeName(i)));
            // A java.sql.Timestamp passes through the machine's time zone, in which an hour a year does not exist.
            isMoment[i - 1] = meta.getColumnType(i) == Types.TIMESTAMP;
        }
        sink.columns(columns);
        final List<@Nullable Object> values = new ArrayList<>(count);
        while (rows.next()) {
            requireWanted();
            values.clear();
            for (int i = 1; i <= count; i++) {
                values.add(value(isMoment[i - 1] ? rows.getObject(i, LocalDateTime.class) : rows.getObject(i)));
            }
            sink.row(values);
        }
        sink.end();
    }

    /** A value in the few types that a {@link RowSink} knows. */
    private static @Nullable Object value(final @Nullable Object value) throws SQLException {
        if (value == null || value instanceof Boolean || value instanceof Long || value instanceof Double) {
            return value;
        }
        if (value instanceof Float number) {
            // With the digits of the float and not those of the double nearest to it.
            return Double.valueOf(number.toString());
        }
        if (value instanceof BigInteger || value instanceof String) {
            return value;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.doubleValue();
        }
        if (value instanceof Number number) {
            return number.longValue();
        }
        if (value instanceof Timestamp timestamp) {
            return MomentText.of(timestamp.toLocalDateTime());
        }
        if (value instanceof LocalDateTime time) {
            return MomentText.of(time);
        }
        if (value instanceof OffsetDateTime time) {
            return MomentText.of(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
        }
        return composite(value);
    }

    private static Object composite(final Object value) throws SQLException {
        if (value instanceof Array array) {
            final Object[] elements = (Object[]) array.getArray();
            final List<@Nullable Object> list = new ArrayList<>(elements.length);
            for (final Object element : elements) {
                list.add(value(element));
            }
            return list;
        }
        if (value instanceof Struct struct) {
            final Map<String, @Nullable Object> members = new LinkedHashMap<>();
            for (final Map.Entry<?, ?> entry : ((DuckDBStruct) struct).getMap().entrySet()) {
                members.put(String.valueOf(entry.getKey()), value(entry.getValue()));
            }
            return members;
        }
        if (value instanceof Blob blob) {
            return HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
        }
        if (value instanceof ByteBuffer bytes) {
            final byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return HexFormat.of().formatHex(copy);
        }
        return value.toString();
    }

    private String text(final SQLException e) {
        final String text = String.valueOf(e.getMessage());
        return text.startsWith("INTERRUPT") ? brokenOff() : "sql: " + text.strip();
    }

    private void requireWanted() {
        if (isExpired || isCancelled) {
            throw new StoreException(brokenOff());
        }
    }

    private String brokenOff() {
        return isExpired
                ? "sql: broken off, took longer than " + Durations.format(timeoutNs)
                        + "; ask for less, or with a longer --timeout"
                : "sql: broken off; ask again";
    }
}
