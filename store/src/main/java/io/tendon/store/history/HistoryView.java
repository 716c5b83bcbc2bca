package io.tendon.store.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBConnection;

/**
 * What a question sees: each table under its own name, with the session's name as its first column, and the figures of
 * spans that are over and of those that are not as one table.
 */
final class HistoryView {
    private static final String OPEN = "_open";

    private HistoryView() {}

    /**
     * Makes the names of a session's tables known to a connection, for as long as it is open.
     *
     * @param connection to ask with.
     * @param sessionId name of the session.
     */
    static void define(final DuckDBConnection connection, final String sessionId) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (final Map.Entry<String, Boolean> table : tables(statement).entrySet()) {
                final String name = table.getKey();
                final String from = HistoryDatabase.NAME + ".main." + name;
                final String rows = table.getValue()
                        ? "(SELECT * FROM " + from + " UNION ALL SELECT * FROM " + from + OPEN + ")"
                        : from;
                statement.execute("CREATE OR REPLACE TEMP VIEW " + name + " AS SELECT '"
                        + HistoryDatabase.escaped(sessionId) + "' AS session, * FROM " + rows);
            }
        }
    }

    /** Tables of messages and figures, and whether open spans stand beside them. */
    private static Map<String, Boolean> tables(final Statement statement) throws SQLException {
        final List<String> names = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT table_name FROM duckdb_tables() WHERE database_name = '"
                + HistoryDatabase.NAME + "' AND table_name NOT IN ('store', 'log_position', 'purged') ORDER BY 1")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        final Map<String, Boolean> tables = new LinkedHashMap<>();
        names.stream()
                .filter(name -> !name.endsWith(OPEN))
                .forEach(name -> tables.put(name, names.contains(name + OPEN)));
        return tables;
    }
}
