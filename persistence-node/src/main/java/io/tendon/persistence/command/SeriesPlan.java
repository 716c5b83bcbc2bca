package io.tendon.persistence.command;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.Nearest;
import io.tendon.sessionlog.recording.TimeRange;
import io.tendon.store.history.SeriesField;
import io.tendon.store.history.SeriesQuestion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which table holds the fields that were asked for of a stream.
 *
 * @param question to ask.
 * @param isRolledUp whether figures of seconds and minutes are kept of all its fields.
 */
record SeriesPlan(SeriesQuestion question, boolean isRolledUp) {
    private static final String FIGURES = "_1s";

    /**
     * Finds the table.
     *
     * @param door to the session's store.
     * @param stream that was asked for.
     * @param texts fields as they were written.
     * @param range of capture times.
     * @return the plan.
     * @throws CommandFailure when no table holds the fields, or one is an array and no element was given.
     */
    static SeriesPlan of(final StoreDoor door, final String stream, final List<String> texts, final TimeRange range)
            throws IOException {
        final List<SeriesField> fields = texts.stream().map(SeriesField::parse).toList();
        final Map<String, Map<String, String>> tables = tables(door);
        final List<String> onStream = new ArrayList<>();
        for (final String table : tables.keySet()) {
            if (!table.contains("_1") && isSaidOn(door, table, stream)) {
                onStream.add(table);
            }
        }
        if (onStream.isEmpty()) {
            throw new CommandFailure("--stream=" + stream
                    + ": nothing was said on it in this session; `persistence-node info` lists" + " what was");
        }
        final String table = onStream.stream()
                .filter(name ->
                        fields.stream().allMatch(field -> columns(tables, name).containsKey(field.column())))
                .findFirst()
                .orElseThrow(() -> unknown(fields, onStream, tables));
        final List<SeriesField> floating = new ArrayList<>();
        for (final SeriesField field : fields) {
            final String type = String.valueOf(columns(tables, table).get(field.column()));
            requireElement(field, type);
            if (type.startsWith("DOUBLE") || type.startsWith("FLOAT")) {
                floating.add(field);
            }
        }
        final Map<String, String> figures = columns(tables, table + FIGURES);
        return new SeriesPlan(
                new SeriesQuestion(table, stream, fields, floating, range),
                fields.stream().allMatch(field -> figures.containsKey(field.column())));
    }

    private static Map<String, Map<String, String>> tables(final StoreDoor door) throws IOException {
        final Map<String, Map<String, String>> tables = new LinkedHashMap<>();
        door.sql(
                "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE database_name = 'memory'"
                        + " AND schema_name = 'main' ORDER BY table_name, column_index",
                new RowCollector(
                        row -> tables.computeIfAbsent(String.valueOf(row.get(0)), table -> new LinkedHashMap<>())
                                .put(String.valueOf(row.get(1)), String.valueOf(row.get(2)))));
        return tables;
    }

    private static boolean isSaidOn(final StoreDoor door, final String table, final String stream) throws IOException {
        final List<Object> found = new ArrayList<>();
        door.sql(
                "SELECT 1 FROM " + table + " WHERE stream = '" + stream.replace("'", "''") + "' LIMIT 1",
                new RowCollector(row -> found.add(row)));
        return !found.isEmpty();
    }

    private static Map<String, String> columns(final Map<String, Map<String, String>> tables, final String table) {
        return tables.getOrDefault(table, Map.of());
    }

    private static void requireElement(final SeriesField field, final String type) {
        final boolean isArray = type.endsWith("]");
        if (isArray && field.element() == 0) {
            throw new CommandFailure("--field=" + field.text() + ": is an array, " + type
                    + "; say which element, counted from 1: " + field.column() + "[1]");
        }
        if (!isArray && field.element() > 0) {
            throw new CommandFailure(
                    "--field=" + field.text() + ": is no array, but " + type + "; leave the brackets out");
        }
    }

    private static CommandFailure unknown(
            final List<SeriesField> fields,
            final List<String> onStream,
            final Map<String, Map<String, String>> tables) {
        final List<String> known = onStream.stream()
                .flatMap(table -> columns(tables, table).keySet().stream())
                .distinct()
                .toList();
        final SeriesField missing = fields.stream()
                .filter(field -> !known.contains(field.column()))
                .findFirst()
                .orElse(null);
        if (missing == null) {
            return new CommandFailure("--field: "
                    + fields.stream().map(SeriesField::text).collect(Collectors.joining(", "))
                    + ": are not in one table of " + onStream + "; ask for them one by one");
        }
        return new CommandFailure("--field=" + missing.text() + ": is not a column of " + onStream + "; did you mean "
                + Nearest.to(missing.column(), known) + "? `persistence-node sql \"DESCRIBE " + onStream.get(0)
                + "\"` lists them");
    }
}
