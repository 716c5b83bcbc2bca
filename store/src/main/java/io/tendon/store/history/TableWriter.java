package io.tendon.store.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Appends the rows of one type of message. An array has the length of the first one that is not empty, which is fast and
 * small; when one comes with another, the column becomes a list. One without entries is NULL. One owner thread.
 */
final class TableWriter {
    /** Columns that every table begins with: where the message stands in the recording. */
    static final String PLACE = "stream VARCHAR, session_id INTEGER, position BIGINT";

    /** No array had an entry yet, of whose type a list is all NULL until then. */
    private static final int UNSEEN = -1;

    private static final int ANY = 0;

    private final HistoryDatabase database;
    private final MessageLayout layout;
    // Of each column: how many values a row has, ANY or UNSEEN.
    private final int[] lengths;
    private final int @Nullable [] usualLengths;
    private boolean exists;

    @SuppressWarnings("NullAway.Init")
    private DuckDBAppender appender;

    TableWriter(final HistoryDatabase database, final MessageLayout layout, final int @Nullable [] usualLengths)
            throws SQLException {
        this.database = database;
        this.layout = layout;
        this.usualLengths = usualLengths;
        this.lengths = new int[layout.columns().size()];
        Arrays.fill(lengths, UNSEEN);
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
            if (!fits(i, row.values(i).count())) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(final int column, final int count) {
        return count == 0 || lengths[column] == ANY || lengths[column] == count;
    }

    /** Makes the table, or gives its arrays the length that they turn out to have, so that it can take a row. */
    void fit(final Row row) throws SQLException {
        if (!exists) {
            create(row);
        } else {
            appender.close();
            for (int i = 0; i < lengths.length; i++) {
                final int count = row.values(i).count();
                if (!fits(i, count)) {
                    lengths[i] = lengths[i] == UNSEEN ? count : ANY;
                    final Column column = layout.columns().get(i);
                    database.execute("ALTER TABLE " + layout.tableName() + " ALTER " + column.quoted() + " TYPE "
                            + sqlType(column, lengths[i]));
                }
            }
        }
        appender = database.appender(layout.tableName());
    }

    /** How many values a row has of a column: 1 or the length of its array; 0 or less when that is not one number. */
    int length(final int column) {
        return lengths[column];
    }

    /** The same of all columns; a copy. */
    int[] lengths() {
        return lengths.clone();
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

    private void create(final Row row) throws SQLException {
        final StringBuilder sql = new StringBuilder("CREATE TABLE ")
                .append(layout.tableName())
                .append(" (")
                .append(PLACE);
        for (int i = 0; i < lengths.length; i++) {
            final Column column = layout.columns().get(i);
            final int count = row.values(i).count();
            lengths[i] = !column.isArray() ? 1 : !isFixable(column) ? ANY : lengthAtFirst(i, count);
            sql.append(", ").append(column.quoted()).append(' ').append(sqlType(column, lengths[i]));
        }
        database.execute(sql.append(')').toString());
        exists = true;
    }

    /** The usual one, unless the first row says otherwise. */
    private int lengthAtFirst(final int column, final int count) {
        final int usual = usualLengths == null ? UNSEEN : usualLengths[column];
        return usual == ANY || count == 0 || count == usual ? usual : count;
    }

    private static boolean isFixable(final Column column) {
        return !column.type().equals(ColumnType.VARCHAR) && !column.type().equals(ColumnType.BLOB);
    }

    private static String sqlType(final Column column, final int length) {
        final String type = column.type().sql();
        return !column.isArray() ? type : length > 0 ? type + "[" + length + "]" : type + "[]";
    }

    private void readLengths() throws SQLException {
        final List<String> types = new ArrayList<>();
        try (ResultSet columns = database.query("SELECT data_type FROM duckdb_columns() WHERE database_name = '"
                + database.name() + "' AND table_name = '" + layout.tableName() + "' ORDER BY column_index")) {
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
        for (int i = 0; i < lengths.length && exists; i++) {
            final Column column = layout.columns().get(i);
            if (lengths[i] == ANY && isFixable(column) && isAllNull(column)) {
                lengths[i] = UNSEEN;
            }
        }
    }

    private boolean isAllNull(final Column column) throws SQLException {
        try (ResultSet rows = database.query(
                "SELECT 1 FROM " + layout.tableName() + " WHERE " + column.quoted() + " IS NOT NULL LIMIT 1")) {
            return !rows.next();
        }
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
        if (count == 0) {
            appender.appendNull();
            return;
        }
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
