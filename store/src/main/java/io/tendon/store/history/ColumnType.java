package io.tendon.store.history;

/** How a field of a message stands in a table. */
enum ColumnType {
    /** Integers of up to 31 bits. */
    INTEGER("INTEGER"),
    /** Wider integers. */
    BIGINT("BIGINT"),
    /** Unsigned integers of 64 bits, such as masks. */
    UBIGINT("UBIGINT"),
    /** Single precision; NaN stays NaN. */
    FLOAT("FLOAT"),
    /** Double precision; NaN stays NaN. */
    DOUBLE("DOUBLE"),
    /** Enums of FALSE and TRUE. */
    BOOLEAN("BOOLEAN"),
    /** Moments, ns since the epoch. */
    TIMESTAMP_NS("TIMESTAMP_NS"),
    /** Text, names of enums and sets of names. */
    VARCHAR("VARCHAR"),
    /** Bytes without a character set. */
    BLOB("BLOB");

    private final String sql;

    ColumnType(final String sql) {
        this.sql = sql;
    }

    /** As SQL says it. */
    String sql() {
        return sql;
    }

    /** Whether values are kept as {@code long}. */
    boolean isIntegral() {
        return switch (this) {
            case INTEGER, BIGINT, UBIGINT, BOOLEAN, TIMESTAMP_NS -> true;
            default -> false;
        };
    }

    /** Whether values are kept as {@code double}. */
    boolean isFloating() {
        return this == FLOAT || this == DOUBLE;
    }

    /** Whether values are an amount, of which a mean makes sense. */
    boolean isAmount() {
        return switch (this) {
            case INTEGER, BIGINT, FLOAT, DOUBLE -> true;
            default -> false;
        };
    }
}
