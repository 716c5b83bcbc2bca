package io.tendon.store.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How the columns of one table become the same in all parts of a history: an array that is of one length here and of another
 * there is a list, and figures that are not of all values are not shown. Immutable; any thread.
 */
final class PartColumns {
    /** Of tables that are the same in all parts. */
    static final PartColumns ALIKE = new PartColumns(Map.of(), Map.of(), Set.of());

    // By part: each column with its type.
    private final Map<String, Map<String, String>> types;
    private final Map<String, String> lists;
    private final Set<String> excluded;

    private PartColumns(
            final Map<String, Map<String, String>> types, final Map<String, String> lists, final Set<String> excluded) {
        this.types = types;
        this.lists = lists;
        this.excluded = excluded;
    }

    /**
     * Compares the columns of a table.
     *
     * @param statement of a connection to the engine.
     * @param table that parts have.
     * @param parts that have it.
     * @return what makes them alike.
     */
    static PartColumns of(final Statement statement, final String table, final Collection<String> parts)
            throws SQLException {
        final Map<String, Map<String, String>> types = types(statement, table, parts);
        final Map<String, Set<String>> typesOf = new LinkedHashMap<>();
        types.values()
                .forEach(columns -> columns.forEach((column, type) ->
                        typesOf.computeIfAbsent(column, name -> new TreeSet<>()).add(type)));
        final Map<String, String> lists = new LinkedHashMap<>();
        final Set<String> excluded = new TreeSet<>();
        final String source = RollUpPeriod.sourceOf(table);
        for (final Map.Entry<String, Set<String>> column : typesOf.entrySet()) {
            if (column.getValue().size() > 1) {
                if (source.isEmpty()) {
                    final String type = column.getValue().iterator().next();
                    lists.put(column.getKey(), type.substring(0, type.lastIndexOf('[')) + "[]");
                } else {
                    excluded.add(column.getKey());
                }
            }
            for (final Map.Entry<String, Map<String, String>> part : types.entrySet()) {
                if (!part.getValue().containsKey(column.getKey())
                        && !source.isEmpty()
                        && hasValues(statement, part.getKey() + ".main." + source, column.getKey())) {
                    excluded.add(column.getKey());
                }
            }
        }
        return new PartColumns(types, lists, excluded);
    }

    /** What follows the star of a part's columns. */
    String replaced(final String part) {
        final String casts = lists.entrySet().stream()
                .filter(list -> types.getOrDefault(part, Map.of()).containsKey(list.getKey()))
                .map(list -> quoted(list.getKey()) + "::" + list.getValue() + " AS " + quoted(list.getKey()))
                .collect(Collectors.joining(", "));
        return casts.isEmpty() ? "" : " REPLACE (" + casts + ")";
    }

    /** What follows the star of all parts' columns. */
    String excluded() {
        return excluded.isEmpty()
                ? ""
                : " EXCLUDE (" + excluded.stream().map(PartColumns::quoted).collect(Collectors.joining(", ")) + ")";
    }

    /** What stands between the parts. */
    String union() {
        return types.isEmpty() ? " UNION ALL " : " UNION ALL BY NAME ";
    }

    private static Map<String, Map<String, String>> types(
            final Statement statement, final String table, final Collection<String> parts) throws SQLException {
        final Map<String, Map<String, String>> types = new LinkedHashMap<>();
        for (final String part : parts) {
            final Map<String, String> columns = new LinkedHashMap<>();
            try (ResultSet rows = statement.executeQuery("SELECT column_name, data_type FROM duckdb_columns() WHERE"
                    + " database_name = '" + part + "' AND table_name = '" + table + "' ORDER BY column_index")) {
                while (rows.next()) {
                    columns.put(rows.getString(1), rows.getString(2));
                }
            }
            types.put(part, columns);
        }
        return types;
    }

    private static boolean hasValues(final Statement statement, final String table, final String column)
            throws SQLException {
        try (ResultSet rows = statement.executeQuery(
                "SELECT 1 FROM " + table + " WHERE " + quoted(column) + " IS NOT NULL LIMIT 1")) {
            return rows.next();
        }
    }

    private static String quoted(final String column) {
        return '"' + column + '"';
    }
}
