package io.tendon.store.history;

import java.sql.SQLException;
import java.util.Arrays;
import org.duckdb.DuckDBAppender;

/**
 * Count, least, greatest, mean, standard deviation and last of one column's values, of each element of an array by itself.
 * What is null or not a number is left out. The deviation is that of a sample, kept by Welford's recurrence (Technometrics
 * 4 (1962) 419), so that it does not lose its digits beside a large mean. One owner thread.
 */
final class Statistics {
    private final long[] counts;
    private final double[] least;
    private final double[] greatest;
    private final double[] means;
    private final double[] squares;
    private final double[] last;

    /** Of so many elements. */
    Statistics(final int length) {
        counts = new long[length];
        least = new double[length];
        greatest = new double[length];
        means = new double[length];
        squares = new double[length];
        last = new double[length];
    }

    void clear() {
        Arrays.fill(counts, 0);
        Arrays.fill(means, 0);
        Arrays.fill(squares, 0);
    }

    void add(final int element, final double amount) {
        if (Double.isNaN(amount)) {
            return;
        }
        final long count = ++counts[element];
        least[element] = count == 1 ? amount : Math.min(least[element], amount);
        greatest[element] = count == 1 ? amount : Math.max(greatest[element], amount);
        final double difference = amount - means[element];
        means[element] += difference / count;
        squares[element] += difference * (amount - means[element]);
        last[element] = amount;
    }

    /** Type of what {@link #append} writes, of a column with so many elements or, of none, of a single value. */
    static String sqlType(final int length) {
        final String array = length == 0 ? "" : "[" + length + "]";
        return "STRUCT(\"count\" BIGINT" + array + ", \"min\" DOUBLE" + array + ", \"max\" DOUBLE" + array
                + ", \"mean\" DOUBLE" + array + ", \"std\" DOUBLE" + array + ", \"last\" DOUBLE" + array + ")";
    }

    void append(final DuckDBAppender appender, final boolean isArray) throws SQLException {
        appender.beginStruct();
        if (isArray) {
            appendArrays(appender);
        } else {
            appender.append(counts[0]);
            final boolean isEmpty = counts[0] == 0;
            append(appender, least[0], isEmpty);
            append(appender, greatest[0], isEmpty);
            append(appender, means[0], isEmpty);
            append(appender, deviation(0), counts[0] < 2);
            append(appender, last[0], isEmpty);
        }
        appender.endStruct();
    }

    private void appendArrays(final DuckDBAppender appender) throws SQLException {
        final int length = counts.length;
        final boolean[] isEmpty = new boolean[length];
        final boolean[] isSingle = new boolean[length];
        final double[] deviations = new double[length];
        for (int i = 0; i < length; i++) {
            isEmpty[i] = counts[i] == 0;
            isSingle[i] = counts[i] < 2;
            deviations[i] = deviation(i);
        }
        appender.append(counts)
                .append(least, isEmpty)
                .append(greatest, isEmpty)
                .append(means, isEmpty)
                .append(deviations, isSingle)
                .append(last, isEmpty);
    }

    private double deviation(final int element) {
        return counts[element] < 2 ? 0 : Math.sqrt(squares[element] / (counts[element] - 1));
    }

    private static void append(final DuckDBAppender appender, final double amount, final boolean isNull)
            throws SQLException {
        if (isNull) {
            appender.appendNull();
        } else {
            appender.append(amount);
        }
    }
}
