package io.tendon.store.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/**
 * What a question sees: each table under its own name, with the session's name as its first column; its rows from all parts
 * of the history, and the figures of spans that are over and of those that are not, as one table.
 */
final class HistoryView {
    private static final String OPEN = "_open";
    private static final String CAPTURE_TIME = "capture_time TIMESTAMP_NS";

    /** What stands in questions for tables that they do not name. */
    private static final Set<String> NAMING =
            Set.of("show", "pragma", "information_schema", "sqlite_master", "pg_catalog");

    private static final Pattern WORD = Pattern.compile("\\w+");

    private final String sessionId;
    private final List<PartFile> parts;
    // By the names of tables: that of the part, and its definition.
    private final Map<String, Map<String, String>> tables = new TreeMap<>();
    private final Set<String> defined = new HashSet<>();

    private HistoryView(final String sessionId, final List<PartFile> parts) {
        this.sessionId = sessionId;
        this.parts = parts;
    }

    /**
     * Looks at the tables; none is known by its name yet.
     *
     * @param connection to an instance of the engine.
     * @param sessionId name of the session.
     * @param parts of the history that are attached, by time.
     * @return the view, which holds until a table or part is added, changed or taken off.
     */
    static HistoryView of(final DuckDBConnection connection, final String sessionId, final List<PartFile> parts)
            throws SQLException {
        final HistoryView view = new HistoryView(sessionId, parts);
        final String names =
                parts.stream().map(part -> '\'' + part.name() + '\'').collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT table_name, database_name, sql FROM duckdb_tables() WHERE"
                                + " database_name IN (" + names
                                + ") AND table_name NOT IN ('store', 'log_position', 'part', 'purged')")) {
            while (rows.next()) {
                view.tables
                        .computeIfAbsent(rows.getString(1), table -> new HashMap<>())
                        .put(rows.getString(2), rows.getString(3));
            }
        }
        return view;
    }

    /** Whether there is a table. */
    boolean has(final String table) {
        return tables.containsKey(table);
    }

    /** Makes the names of all tables known to the instance, in the place of those before. */
    void defineAll(final DuckDBConnection connection) throws SQLException {
        define(connection, table -> true, "VIEW ");
    }

    /** Makes the names known that a question has in it, or all when it may ask for the names themselves: each costs time. */
    void defineNamed(final DuckDBConnection connection, final String question) throws SQLException {
        final Set<String> words = WORD.matcher(question.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        final boolean isForNames = words.stream().anyMatch(word -> NAMING.contains(word) || word.startsWith("duckdb_"))
                || tables.keySet().stream().noneMatch(words::contains);
        define(connection, table -> isForNames || words.contains(table), "VIEW ");
    }

    /** Makes one type of message and its figures known to a connection alone, for as long as it is open. */
    void defineFor(final DuckDBConnection connection, final String ofTable) throws SQLException {
        define(
                connection,
                table -> table.equals(ofTable) || RollUpPeriod.sourceOf(table).equals(ofTable),
                "TEMP VIEW ");
    }

    private void define(final DuckDBConnection connection, final Predicate<String> filter, final String kind)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (final String table : tables.keySet()) {
                if (!table.endsWith(OPEN) && filter.test(table) && !defined.contains(table)) {
                    define(statement, table, kind);
                    defined.add(table);
                }
            }
        }
    }

    private void define(final Statement statement, final String table, final String kind) throws SQLException {
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
