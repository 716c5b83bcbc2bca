package io.tendon.store.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.duckdb.DuckDBAppender;

/**
 * Appends the rows of one type of message. Its arrays have the length of the first message's, which is fast and small;
 * when one comes with another, the column becomes a list. One owner thread.
 */
final class TableWriter implements AutoCloseable {
    /** Columns that every table begins with: where the message stands in the recording. */
    static final String PLACE = "stream VARCHAR, session_id INTEGER, position BIGINT";

    private static final int UNKNOWN = -1;
    private static final int ANY = 0;

    private final HistoryDatabase database;
    private final MessageLayout layout;
    // Of each column: how many values a row has, or ANY.
    private final int[] lengths;
    private boolean exists;

    @SuppressWarnings("NullAway.Init")
    private DuckDBAppender appender;

    TableWriter(final HistoryDatabase database, final MessageLayout layout) throws SQLException {
        this.database = database;
        this.layout = layout;
        this.lengths = new int[layout.columns().size()];
        Arrays.fill(lengths, UNKNOWN);
        readLengths();
        if (exists) {
            appender = database.appender(layout.tableName());
        }
    }

    /** Whether there is such a table yet. */
    boolean exists() {
        return exists;
    }

    /** Whether the table can take a row as it stands. */
    boolean fits(final Row row) {
        if (!exists) {
            return false;
        }
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] != ANY && lengths[i] != row.values(i).count()) {
                return false;
            }
        }
        return true;
    }

    /** Makes the table, or its arrays lists, so that it can take a row. Between two transactions. */
    void fit(final Row row) throws SQLException {
        if (!exists) {
            create(row);
        } else {
            appender.close();
            for (int i = 0; i < lengths.length; i++) {
                final Column column = layout.columns().get(i);
                if (lengths[i] != ANY && lengths[i] != row.values(i).count()) {
                    database.execute("ALTER TABLE " + layout.tableName() + " ALTER " + column.quoted() + " TYPE "
                            + column.type().sql() + "[]");
                    lengths[i] = ANY;
                }
            }
        }
        appender = database.appender(layout.tableName());
    }

    /** How many values a row has of a column: 1, the length of its array, or 0 when that changes. */
    int length(final int column) {
        return lengths[column];
    }

    void append(final String stream, final int sessionId, final long position, final Row row) throws SQLException {
        appender.beginRow().append(stream).append(sessionId).append(position);
        for (int i = 0; i < lengths.length; i++) {
            final Column column = layout.columns().get(i);
            if (column.isArray()) {
                appendArray(column.type(), row.values(i));
            } else {
                appendValue(column.type(), row.values(i));
            }
        }
        appender.endRow();
    }

    void flush() throws SQLException {
        if (exists) {
            appender.flush();
        }
    }

    @Override
    public void close() throws SQLException {
        if (exists) {
            appender.close();
        }
    }

    private void create(final Row row) throws SQLException {
        final StringBuilder sql = new StringBuilder("CREATE TABLE ")
                .append(layout.tableName())
                .append(" (")
                .append(PLACE);
        for (int i = 0; i < lengths.length; i++) {
            final Column column = layout.columns().get(i);
            final int count = row.values(i).count();
            final boolean isFixed = count > 0
                    && !column.type().equals(ColumnType.VARCHAR)
                    && !column.type().equals(ColumnType.BLOB);
            lengths[i] = !column.isArray() ? 1 : isFixed ? count : ANY;
            sql.append(", ")
                    .append(column.quoted())
                    .append(' ')
                    .append(column.type().sql());
            if (column.isArray()) {
                sql.append(lengths[i] == ANY ? "[]" : "[" + lengths[i] + "]");
            }
        }
        database.execute(sql.append(')').toString());
        exists = true;
    }

    private void readLengths() throws SQLException {
        final List<String> types = new ArrayList<>();
        try (ResultSet columns = database.query("SELECT data_type FROM duckdb_columns() WHERE database_name = '"
                + HistoryDatabase.NAME + "' AND table_name = '" + layout.tableName() + "' ORDER BY column_index")) {
            while (columns.next()) {
                types.add(columns.getString(1));
            }
        }
        final int place = types.size() - lengths.length;
        for (int i = 0; i < lengths.length && !types.isEmpty(); i++) {
            final String type = types.get(place + i);
            final int bracket = type.lastIndexOf('[');
            if (bracket == -1) {
                lengths[i] = 1;
            } else {
                final String length = type.substring(bracket + 1, type.length() - 1);
                lengths[i] = length.isEmpty() ? ANY : Integer.parseInt(length);
            }
        }
        exists = !types.isEmpty();
    }

    private void appendValue(final ColumnType type, final ColumnValues values) throws SQLException {
        if (values.isNull(0)) {
            appender.appendNull();
            return;
        }
        switch (type) {
            case INTEGER -> appender.append((int) values.integer(0));
            case BIGINT, UBIGINT -> appender.append(values.integer(0));
            case BOOLEAN -> appender.append(values.integer(0) != 0);
            case TIMESTAMP_NS -> appender.appendEpochNanos(values.integer(0));
            case FLOAT -> appender.append((float) values.number(0));
            case DOUBLE -> appender.append(values.number(0));
            case VARCHAR -> appender.append((String) values.object(0));
            case BLOB -> appender.append((byte[]) values.object(0));
        }
    }

    private void appendArray(final ColumnType type, final ColumnValues values) throws SQLException {
        final int count = values.count();
        final boolean[] nulls = new boolean[count];
        for (int i = 0; i < count; i++) {
            nulls[i] = values.isNull(i);
        }
        switch (type) {
            case INTEGER -> {
                final int[] array = new int[count];
                Arrays.setAll(array, i -> (int) values.integer(i));
                appender.append(array, nulls);
            }
            case FLOAT -> {
                final float[] array = new float[count];
                for (int i = 0; i < count; i++) {
                    array[i] = (float) values.number(i);
                }
                appender.append(array, nulls);
            }
            case DOUBLE -> {
                final double[] array = new double[count];
                Arrays.setAll(array, values::number);
                appender.append(array, nulls);
            }
            case BOOLEAN -> {
                final boolean[] array = new boolean[count];
                for (int i = 0; i < count; i++) {
                    array[i] = values.integer(i) != 0;
                }
                appender.append(array, nulls);
            }
            case BIGINT, UBIGINT, TIMESTAMP_NS -> {
                final long[] array = new long[count];
                Arrays.setAll(array, values::integer);
                appender.append(array, nulls);
            }
            case VARCHAR, BLOB -> {
                final List<Object> list = new ArrayList<>(count);
                for (int i = 0; i < count; i++) {
                    list.add(nulls[i] ? null : values.object(i));
                }
                appender.append(list);
            }
        }
    }
}
