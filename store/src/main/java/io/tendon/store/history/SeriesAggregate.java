package io.tendon.store.history;

/** What is made of the values of a span of time; what is null or not a number is left out. */
public enum SeriesAggregate {
    /** How many. */
    COUNT,
    /** The least. */
    MIN,
    /** The greatest. */
    MAX,
    /** The mean. */
    MEAN,
    /** The standard deviation of a sample; null of less than two. */
    STD,
    /** The latest. */
    LAST;

    /** Computed from the values themselves. */
    String ofValues(final String value, final String isNumber) {
        final String filter = " FILTER (WHERE " + isNumber + ")";
        return switch (this) {
            case COUNT -> "count(" + value + ")" + filter;
            case MIN -> "min(" + value + ")" + filter;
            case MAX -> "max(" + value + ")" + filter;
            case MEAN -> "avg(" + value + ")" + filter;
            case STD -> "stddev_samp(" + value + ")" + filter;
            case LAST -> "arg_max(" + value + ", capture_time)" + filter;
        };
    }

    /** Computed from the figures of parts of the span, whose columns end with the field's number. */
    String ofParts(final int field) {
        final String count = "sum(n" + field + ")";
        return switch (this) {
            case COUNT -> count + "::BIGINT";
            case MIN -> "min(least" + field + ")";
            case MAX -> "max(greatest" + field + ")";
            case MEAN -> "sum(n" + field + " * mean" + field + ") / nullif(" + count + ", 0)";
            case STD ->
                "CASE WHEN " + count + " > 1 THEN sqrt((sum(squares" + field + ") + sum(n" + field + " * (mean" + field
                        + " - whole" + field + ") ** 2)) / (" + count + " - 1)) END";
            case LAST -> "arg_max(last" + field + ", last_capture_time) FILTER (WHERE n" + field + " > 0)";
        };
    }
}
