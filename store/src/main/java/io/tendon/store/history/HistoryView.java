package io.tendon.store.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/**
 * What a question sees: each table under its own name, with the session's name as its first column; its rows from all parts
 * of the history, and the figures of spans that are over and of those that are not, as one table.
 */
final class HistoryView {
    private static final String OPEN = "_open";
    private static final String CAPTURE_TIME = "capture_time TIMESTAMP_NS";

    private final Statement statement;
    private final String sessionId;
    private final List<PartFile> parts;
    // By the names of tables: that of the part, and its definition.
    private final Map<String, Map<String, String>> tables = new TreeMap<>();

    private HistoryView(final Statement statement, final String sessionId, final List<PartFile> parts) {
        this.statement = statement;
        this.sessionId = sessionId;
        this.parts = parts;
    }

    /**
     * Makes the names of a session's tables known to an instance of the engine, in the place of those before.
     *
     * @param connection to it.
     * @param sessionId name of the session.
     * @param parts of the history that are attached, by time.
     */
    static void define(final DuckDBConnection connection, final String sessionId, final List<PartFile> parts)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            final HistoryView view = new HistoryView(statement, sessionId, parts);
            view.readTables();
            for (final String table : List.copyOf(view.tables.keySet())) {
                if (!table.endsWith(OPEN)) {
                    view.define(table, "VIEW ");
                }
            }
        }
    }

    /**
     * Makes one table and its figures known to a connection, for as long as it is open, with what is in some parts.
     *
     * @param connection to an instance of the engine.
     * @param sessionId name of the session.
     * @param parts of the history that are attached, by time.
     * @param table of a type of message.
     * @return whether any of them has the table.
     */
    static boolean define(
            final DuckDBConnection connection, final String sessionId, final List<PartFile> parts, final String table)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            final HistoryView view = new HistoryView(statement, sessionId, parts);
            view.readTables();
            for (final String each : List.copyOf(view.tables.keySet())) {
                if (each.equals(table) || RollUpPeriod.sourceOf(each).equals(table)) {
                    view.define(each, "TEMP VIEW ");
                }
            }
            return view.tables.containsKey(table);
        }
    }

    private void readTables() throws SQLException {
        final String names =
                parts.stream().map(part -> '\'' + part.name() + '\'').collect(Collectors.joining(", "));
        try (ResultSet rows = statement.executeQuery(
                "SELECT table_name, database_name, sql FROM duckdb_tables() WHERE" + " database_name IN (" + names
                        + ") AND table_name NOT IN ('store', 'log_position', 'part', 'purged')")) {
            while (rows.next()) {
                tables.computeIfAbsent(rows.getString(1), table -> new HashMap<>())
                        .put(rows.getString(2), rows.getString(3));
            }
        }
    }

    private void define(final String table, final String kind) throws SQLException {
        final Map<String, String> definitions = tables.getOrDefault(table, Map.of());
        final PartColumns columns = definitions.values().stream().distinct().count() == 1
                ? PartColumns.ALIKE
                : PartColumns.of(statement, table, definitions.keySet());
        final List<String> rows = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            final String part = parts.get(i).name();
            final String definition = definitions.get(part);
            if (definition != null) {
                final String select = "SELECT *" + columns.replaced(part) + " FROM " + part + ".main." + table;
                final String range = definition.contains(CAPTURE_TIME) ? range(i) : "";
                rows.add(select + range);
                if (tables.getOrDefault(table + OPEN, Map.of()).containsKey(part)) {
                    rows.add(select + OPEN + range);
                }
            }
        }
        statement.execute("CREATE OR REPLACE " + kind + table + " AS SELECT '" + HistoryDatabase.escaped(sessionId)
                + "' AS session, *" + columns.excluded() + " FROM (" + String.join(columns.union(), rows) + ")");
    }

    /** The times of a part, by which the engine passes over it when others are asked for; none of the only one. */
    private String range(final int part) {
        final List<String> bounds = new ArrayList<>();
        if (part > 0) {
            bounds.add("capture_time >= make_timestamp_ns(" + parts.get(part).fromNs() + ")");
        }
        if (part < parts.size() - 1) {
            bounds.add("capture_time < make_timestamp_ns(" + parts.get(part + 1).fromNs() + ")");
        }
        return bounds.isEmpty() ? "" : " WHERE " + String.join(" AND ", bounds);
    }
}
