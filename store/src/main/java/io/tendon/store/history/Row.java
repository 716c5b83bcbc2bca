package io.tendon.store.history;

import java.util.List;

/** One message as the values of its columns. One owner thread; filled anew for each message. */
final class Row {
    private final ColumnValues[] values;

    Row(final List<Column> columns) {
        values = columns.stream().map(column -> new ColumnValues(column.type())).toArray(ColumnValues[]::new);
    }

    void clear() {
        for (final ColumnValues column : values) {
            column.clear();
        }
    }

    ColumnValues values(final int column) {
        return values[column];
    }
}
