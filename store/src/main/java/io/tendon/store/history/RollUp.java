package io.tendon.store.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the figures of one type of message in spans of one length, of each writer's life by itself:
 *
 * <pre>
 *   TABLE_1s        spans that are over, written once
 *   TABLE_1s_open   the last span of each writer's life, written anew with each transaction
 * </pre>
 *
 * <p>A span is over when the writer has come to a later one. What comes for an earlier one nevertheless makes that one be
 * computed again, from the messages' own table; so is the open one when the index is opened. One owner thread.
 */
final class RollUp {
    /** So many spans of all rows are made at once: what they take of memory is bounded. */
    private static final int SPANS_AT_ONCE = 60;

    private final HistoryDatabase database;
    private final String sourceTable;
    private final String table;
    private final String openTable;
    private final RollUpPeriod period;
    private final List<RolledColumn> columns;
    private final DuckDBAppender closed;
    private final DuckDBAppender open;
    private final Map<Writer, Bucket> buckets = new HashMap<>();
    private final Set<Span> late = new LinkedHashSet<>();
    private boolean hasChanged;

    RollUp(
            final HistoryDatabase database,
            final String sourceTable,
            final RollUpPeriod period,
            final List<RolledColumn> columns)
            throws SQLException {
        this.database = database;
        this.sourceTable = sourceTable;
        this.period = period;
        this.columns = columns;
        this.table = period.tableOf(sourceTable);
        this.openTable = table + "_open";
        for (final String name : List.of(table, openTable)) {
            database.execute("CREATE TABLE IF NOT EXISTS " + name + " (capture_time TIMESTAMP_NS, " + TableWriter.PLACE
                    + ", source VARCHAR, \"rows\" BIGINT, last_capture_time TIMESTAMP_NS, "
                    + columns.stream()
                            .map(rolled -> rolled.column().quoted() + ' ' + Statistics.sqlType(rolled.length()))
                            .collect(Collectors.joining(", "))
                    + ")");
        }
        closed = database.appender(table);
        open = database.appender(openTable);
    }

    /** The columns of a message type that figures are kept of, as its table stands. */
    static List<RolledColumn> columns(final MessageLayout layout, final TableWriter writer) {
        final List<RolledColumn> rolled = new ArrayList<>();
        for (int i = 0; i < layout.columns().size(); i++) {
            final Column column = layout.columns().get(i);
            // Of a list whose length changes no element means the same in all rows.
            if (column.isRolledUp() && writer.length(i) > 0) {
                rolled.add(new RolledColumn(column, i, column.isArray() ? writer.length(i) : 0));
            }
        }
        return rolled;
    }

    void add(
            final String stream,
            final int sessionId,
            final long position,
            final long timeNs,
            final @Nullable String source,
            final Row row)
            throws SQLException {
        final long startNs = period.startNs(timeNs);
        final Bucket bucket = buckets.computeIfAbsent(
                new Writer(stream, sessionId), writer -> new Bucket(writer.stream, writer.sessionId, columns));
        hasChanged = true;
        if (bucket.isEmpty()) {
            bucket.begin(startNs);
        } else if (startNs > bucket.startNs()) {
            bucket.append(closed);
            bucket.begin(startNs);
        } else if (startNs < bucket.startNs()) {
            late.add(new Span(bucket.stream(), bucket.sessionId(), startNs));
            return;
        }
        bucket.add(row, position, timeNs, source);
    }

    /**
     * Rows of a writer's life were deleted: spans that lie among them go, and those at both ends are computed again.
     *
     * @param firstNs capture time of the first of them.
     * @param lastNs capture time of the last.
     */
    void forget(final String stream, final int sessionId, final long firstNs, final long lastNs) throws SQLException {
        final long fromNs = period.startNs(firstNs);
        final long toNs = period.startNs(lastNs);
        closed.flush();
        database.execute("DELETE FROM " + table + " WHERE stream = '" + HistoryDatabase.escaped(stream)
                + "' AND session_id = " + sessionId + " AND capture_time >= make_timestamp_ns(" + fromNs
                + ") AND capture_time <= make_timestamp_ns(" + toNs + ")");
        final Bucket last = buckets.get(new Writer(stream, sessionId));
        for (final long startNs : new long[] {fromNs, toNs}) {
            if (last == null || last.startNs() != startNs) {
                late.add(new Span(stream, sessionId, startNs));
            }
        }
        if (last != null && last.startNs() >= fromNs && last.startNs() <= toNs) {
            fill(last, last.startNs());
            hasChanged = true;
        }
    }

    /** Hands everything to the transaction; the messages' own table must have been flushed. */
    void flush() throws SQLException {
        closed.flush();
        for (final Span span : late) {
            database.execute("DELETE FROM " + table + " WHERE stream = '" + HistoryDatabase.escaped(span.stream)
                    + "' AND session_id = " + span.sessionId + " AND capture_time = make_timestamp_ns(" + span.startNs
                    + ")");
            final Bucket bucket = new Bucket(span.stream, span.sessionId, columns);
            fill(bucket, span.startNs);
            if (!bucket.isEmpty()) {
                bucket.append(closed);
            }
        }
        if (!late.isEmpty()) {
            late.clear();
            closed.flush();
        }
        if (hasChanged) {
            database.execute("DELETE FROM " + openTable);
            for (final Bucket bucket : buckets.values()) {
                if (!bucket.isEmpty()) {
                    bucket.append(open);
                }
            }
            open.flush();
            hasChanged = false;
        }
    }

    /** Deletes the figures. */
    void drop() throws SQLException {
        closed.close();
        open.close();
        database.execute("DROP TABLE " + table);
        database.execute("DROP TABLE " + openTable);
    }

    /** Makes the figures of all rows that are there; there are none yet. */
    void addAll() throws SQLException {
        final long stepNs = SPANS_AT_ONCE * period.periodNs();
        final List<Long> steps = new ArrayList<>();
        try (ResultSet rows = database.query(
                "SELECT DISTINCT epoch_ns(capture_time) // " + stepNs + " FROM " + sourceTable + " ORDER BY 1")) {
            while (rows.next()) {
                steps.add(rows.getLong(1));
            }
        }
        for (final long step : steps) {
            for (final Bucket bucket : buckets(step * stepNs, (step + 1) * stepNs)) {
                final Bucket earlier = buckets.put(new Writer(bucket.stream(), bucket.sessionId()), bucket);
                if (earlier != null) {
                    earlier.append(closed);
                }
            }
        }
        hasChanged = !buckets.isEmpty();
        flush();
    }

    /** Those of the rows from one moment to before another, by writer and start. */
    private Collection<Bucket> buckets(final long fromNs, final long toNs) throws SQLException {
        final Map<Span, Bucket> spans = new LinkedHashMap<>();
        try (ResultSet rows = database.query("SELECT position, source, epoch_ns(capture_time)" + amounts()
                + ", stream, session_id FROM " + sourceTable + " WHERE capture_time >= make_timestamp_ns(" + fromNs
                + ") AND capture_time < make_timestamp_ns(" + toNs
                + ") ORDER BY stream, session_id, epoch_ns(capture_time) // "
                + period.periodNs() + ", position")) {
            final int behind = columns.size() + 4;
            while (rows.next()) {
                final long startNs = period.startNs(rows.getLong(3));
                spans.computeIfAbsent(new Span(rows.getString(behind), rows.getInt(behind + 1), startNs), this::bucket)
                        .add(rows);
            }
        }
        return spans.values();
    }

    private Bucket bucket(final Span span) {
        final Bucket bucket = new Bucket(span.stream, span.sessionId, columns);
        bucket.begin(span.startNs);
        return bucket;
    }

    /** Goes on with the open spans of tables that were made before. */
    void resume() throws SQLException {
        final List<Span> spans = new ArrayList<>();
        try (ResultSet rows = database.query("SELECT stream, session_id, epoch_ns(capture_time) FROM " + openTable)) {
            while (rows.next()) {
                spans.add(new Span(rows.getString(1), rows.getInt(2), rows.getLong(3)));
            }
        }
        for (final Span span : spans) {
            final Bucket bucket = new Bucket(span.stream, span.sessionId, columns);
            fill(bucket, span.startNs);
            buckets.put(new Writer(span.stream, span.sessionId), bucket);
        }
    }

    /** Computes a span from the messages, in the order in which they were taken in. */
    private void fill(final Bucket bucket, final long startNs) throws SQLException {
        bucket.begin(startNs);
        try (ResultSet rows = database.query("SELECT position, source, epoch_ns(capture_time)" + amounts() + " FROM "
                + sourceTable
                + " WHERE capture_time >= make_timestamp_ns(" + startNs + ") AND capture_time < make_timestamp_ns("
                + (startNs + period.periodNs()) + ") AND session_id = " + bucket.sessionId() + " AND stream = '"
                + HistoryDatabase.escaped(bucket.stream()) + "' ORDER BY position")) {
            while (rows.next()) {
                bucket.add(rows);
            }
        }
    }

    private String amounts() {
        return columns.stream().map(rolled -> ", " + rolled.column().quoted()).collect(Collectors.joining());
    }

    private record Writer(String stream, int sessionId) {}

    private record Span(String stream, int sessionId, long startNs) {}
}
