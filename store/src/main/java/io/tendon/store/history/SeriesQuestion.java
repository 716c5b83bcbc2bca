package io.tendon.store.history;

import io.tendon.sessionlog.recording.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A question for fields of one stream over time, as SQL. Spans of whole seconds or minutes are answered from the figures
 * that are kept of those, with what sticks out at both ends of the range computed from the rows:
 *
 * <pre>
 *   from            a                                  b       to
 *    |---- rows ----|--- figures of seconds, minutes ---|- rows -|
 * </pre>
 *
 * Immutable; any thread.
 *
 * @param table of the message type.
 * @param stream that it was said on.
 * @param fields that are asked for.
 * @param floating of these, those whose values may be no number.
 * @param range of capture times.
 */
public record SeriesQuestion(
        String table, String stream, List<SeriesField> fields, List<SeriesField> floating, TimeRange range) {
    private static final String SPAN = "span";

    /** Copies the lists. */
    public SeriesQuestion {
        fields = List.copyOf(fields);
        floating = List.copyOf(floating);
    }

    /** Each value, in the order of the capture times. */
    public String everyValue() {
        return hinted("SELECT capture_time, "
                + fields.stream()
                        .map(field -> field.sql() + " AS \"" + field.text() + '"')
                        .collect(Collectors.joining(", "))
                + " FROM " + table + where(range) + " ORDER BY capture_time, session_id, position");
    }

    /**
     * Spans of one length, as far as anything was said in them, in the order of time. A span begins at a multiple of its
     * length since the epoch.
     *
     * @param everyNs length of a span, above 0.
     * @param aggregates what is asked of each field.
     * @param isRolledUp whether figures of seconds and minutes are kept of all fields.
     * @return the question.
     */
    public String spans(final long everyNs, final List<SeriesAggregate> aggregates, final boolean isRolledUp) {
        final RollUpPeriod period = isRolledUp ? RollUpPeriod.longestWithin(everyNs) : null;
        if (period == null) {
            return hinted(spansOfValues(everyNs, aggregates));
        }
        final long fromNs = aligned(range.fromNs(), period, true);
        final long toNs = aligned(range.toNs(), period, false);
        return hinted(
                fromNs >= toNs
                        ? spansOfValues(everyNs, aggregates)
                        : spansOfParts(everyNs, aggregates, period, new TimeRange(fromNs, toNs)));
    }

    private String hinted(final String question) {
        return new RangeHint(table, range).before(question);
    }

    private String spansOfValues(final long everyNs, final List<SeriesAggregate> aggregates) {
        final List<String> columns = new ArrayList<>();
        for (final SeriesField field : fields) {
            for (final SeriesAggregate aggregate : aggregates) {
                columns.add(aggregate.ofValues(field.sql(), isNumber(field)) + named(aggregate, field));
            }
        }
        return "SELECT " + spanOf("capture_time", everyNs) + " AS " + SPAN + ", " + String.join(", ", columns)
                + " FROM " + table + where(range) + " GROUP BY " + SPAN + " ORDER BY " + SPAN;
    }

    private String spansOfParts(
            final long everyNs,
            final List<SeriesAggregate> aggregates,
            final RollUpPeriod period,
            final TimeRange rolled) {
        final List<String> parts = new ArrayList<>();
        parts.add(figures(period, rolled));
        if (range.fromNs() < rolled.fromNs()) {
            parts.add(rows(period, new TimeRange(range.fromNs(), rolled.fromNs())));
        }
        if (range.toNs() > rolled.toNs()) {
            parts.add(rows(period, new TimeRange(rolled.toNs(), range.toNs())));
        }
        final List<String> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            for (final SeriesAggregate aggregate : aggregates) {
                columns.add(aggregate.ofParts(i) + named(aggregate, fields.get(i)));
            }
        }
        final String union = "(" + String.join(" UNION ALL ", parts) + ")";
        return "SELECT " + spanOf("capture_time", everyNs) + " AS " + SPAN + ", " + String.join(", ", columns)
                + " FROM "
                + (aggregates.contains(SeriesAggregate.STD) ? withWholeMeans(union, everyNs) : union) + " GROUP BY "
                + SPAN
                + " ORDER BY " + SPAN;
    }

    /** The mean of each span beside each of its parts: deviations are taken from it, so that no digits are lost. */
    private String withWholeMeans(final String union, final long everyNs) {
        final StringBuilder means = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            means.append(", sum(n" + i + " * mean" + i + ") OVER whole / nullif(sum(n" + i + ") OVER whole, 0) AS whole"
                    + i);
        }
        return "(SELECT *" + means + " FROM " + union + " WINDOW whole AS (PARTITION BY "
                + spanOf("capture_time", everyNs) + "))";
    }

    private String figures(final RollUpPeriod period, final TimeRange rolled) {
        final StringBuilder columns = new StringBuilder("SELECT capture_time, last_capture_time");
        for (int i = 0; i < fields.size(); i++) {
            final SeriesField field = fields.get(i);
            columns.append(", " + field.figure("count") + " AS n" + i + ", " + field.figure("min") + " AS least" + i
                    + ", "
                    + field.figure("max") + " AS greatest" + i + ", " + field.figure("mean") + " AS mean" + i
                    + ", coalesce("
                    + field.figure("std") + " ** 2 * (" + field.figure("count") + " - 1), 0) AS squares" + i + ", "
                    + field.figure("last") + " AS last" + i);
        }
        return columns + " FROM " + period.tableOf(table) + where(rolled);
    }

    private String rows(final RollUpPeriod period, final TimeRange part) {
        final StringBuilder columns = new StringBuilder("SELECT " + spanOf("rows.capture_time", period.periodNs())
                + " AS capture_time, max(rows.capture_time) AS last_capture_time");
        for (int i = 0; i < fields.size(); i++) {
            final String value = fields.get(i).sql();
            final String isNumber = isNumber(fields.get(i));
            columns.append(", " + SeriesAggregate.COUNT.ofValues(value, isNumber) + " AS n" + i + ", "
                    + SeriesAggregate.MIN.ofValues(value, isNumber) + " AS least" + i + ", "
                    + SeriesAggregate.MAX.ofValues(value, isNumber) + " AS greatest" + i + ", "
                    + SeriesAggregate.MEAN.ofValues(value, isNumber) + " AS mean" + i + ", coalesce(var_samp(" + value
                    + ") FILTER (WHERE " + isNumber + ") * (" + SeriesAggregate.COUNT.ofValues(value, isNumber)
                    + " - 1), 0) AS squares" + i + ", arg_max(" + value + ", rows.capture_time) FILTER (WHERE "
                    + isNumber
                    + ") AS last" + i);
        }
        return columns + " FROM " + table + " AS rows" + where(part) + " GROUP BY "
                + spanOf("rows.capture_time", period.periodNs()) + ", session_id";
    }

    private String where(final TimeRange times) {
        final StringBuilder where = new StringBuilder(" WHERE stream = '" + HistoryDatabase.escaped(stream) + "'");
        if (times.fromNs() > 0) {
            where.append(" AND capture_time >= make_timestamp_ns(")
                    .append(times.fromNs())
                    .append(")");
        }
        if (times.toNs() < Long.MAX_VALUE) {
            where.append(" AND capture_time < make_timestamp_ns(")
                    .append(times.toNs())
                    .append(")");
        }
        return where.toString();
    }

    private String isNumber(final SeriesField field) {
        return floating.contains(field) ? "NOT isnan(" + field.sql() + ")" : field.sql() + " IS NOT NULL";
    }

    private static String spanOf(final String time, final long lengthNs) {
        return "make_timestamp_ns(epoch_ns(" + time + ") // " + lengthNs + " * " + lengthNs + ")";
    }

    private static String named(final SeriesAggregate aggregate, final SeriesField field) {
        return " AS \"" + aggregate.name().toLowerCase(Locale.ROOT) + '(' + field.text() + ")\"";
    }

    /** An end of the range, moved to the next end of a period within it; an open end stays open. */
    private static long aligned(final long timeNs, final RollUpPeriod period, final boolean isStart) {
        if (timeNs <= 0 || timeNs == Long.MAX_VALUE) {
            return timeNs;
        }
        final long startNs = period.startNs(timeNs);
        return isStart && startNs < timeNs ? startNs + period.periodNs() : startNs;
    }
}
