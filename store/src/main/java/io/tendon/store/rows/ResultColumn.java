package io.tendon.store.rows;

/**
 * A column of an answer. Immutable; any thread.
 *
 * @param name as it was asked for.
 * @param type of its values, as SQL says it.
 */
public record ResultColumn(String name, String type) {
    /** Whether its values are numbers, which stand to the right in a table. */
    public boolean isNumeric() {
        return switch (type) {
            case "TINYINT",
                    "SMALLINT",
                    "INTEGER",
                    "BIGINT",
                    "HUGEINT",
                    "UTINYINT",
                    "USMALLINT",
                    "UINTEGER",
                    "UBIGINT",
                    "FLOAT",
                    "DOUBLE" -> true;
            default -> type.startsWith("DECIMAL");
        };
    }
}
