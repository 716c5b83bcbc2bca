package io.tendon.store.history;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** The figures of one span of time of one writer's life. One owner thread. */
final class Bucket {
    private final String stream;
    private final int sessionId;
    private final List<RolledColumn> columns;
    private final Statistics[] statistics;
    private long startNs;
    private long rows;
    private long position;
    private long lastTimeNs;
    private @Nullable String source;

    Bucket(final String stream, final int sessionId, final List<RolledColumn> columns) {
        this.stream = stream;
        this.sessionId = sessionId;
        this.columns = columns;
        this.statistics = columns.stream()
                .map(column -> new Statistics(Math.max(1, column.length())))
                .toArray(Statistics[]::new);
    }

    String stream() {
        return stream;
    }

    int sessionId() {
        return sessionId;
    }

    long startNs() {
        return startNs;
    }

    boolean isEmpty() {
        return rows == 0;
    }

    void begin(final long newStartNs) {
        startNs = newStartNs;
        rows = 0;
        for (final Statistics column : statistics) {
            column.clear();
        }
    }

    void add(final Row row, final long messagePosition, final long timeNs, final @Nullable String messageSource) {
        rows++;
        position = messagePosition;
        lastTimeNs = timeNs;
        source = messageSource;
        for (int i = 0; i < statistics.length; i++) {
            final ColumnValues values = row.values(columns.get(i).index());
            final int length = Math.max(1, columns.get(i).length());
            for (int element = 0; element < length; element++) {
                statistics[i].add(element, values.amount(element));
            }
        }
    }

    /** Adds a row that was read back: position, source, time, and the rolled columns in their order. */
    void add(final ResultSet row) throws SQLException {
        rows++;
        position = row.getLong(1);
        source = row.getString(2);
        lastTimeNs = row.getLong(3);
        for (int i = 0; i < statistics.length; i++) {
            final int index = i + 4;
            if (columns.get(i).length() == 0) {
                final double amount = row.getDouble(index);
                statistics[i].add(0, row.wasNull() ? Double.NaN : amount);
            } else {
                addArray(statistics[i], row.getArray(index));
            }
        }
    }

    void append(final DuckDBAppender appender) throws SQLException {
        appender.beginRow()
                .appendEpochNanos(startNs)
                .append(stream)
                .append(sessionId)
                .append(position)
                .append(source)
                .append(rows)
                .appendEpochNanos(lastTimeNs);
        for (int i = 0; i < statistics.length; i++) {
            statistics[i].append(appender, columns.get(i).length() > 0);
        }
        appender.endRow();
    }

    private static void addArray(final Statistics column, final @Nullable Array array) throws SQLException {
        if (array == null) {
            return;
        }
        final Object[] elements = (Object[]) array.getArray();
        for (int element = 0; element < elements.length; element++) {
            column.add(element, elements[element] instanceof Number amount ? amount.doubleValue() : Double.NaN);
        }
    }
}
