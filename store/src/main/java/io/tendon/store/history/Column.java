package io.tendon.store.history;

/**
 * A column made from a field of a message. Immutable; any thread.
 *
 * @param name in SQL.
 * @param type of one value.
 * @param group index of the message's group whose entries give the values, {@link #ROOT} or {@link #OWN_ARRAY} for a field of the message itself.
 * @param isRolledUp whether spans of time keep figures of it.
 */
record Column(String name, ColumnType type, int group, boolean isRolledUp) {
    /** {@link #group} of a field of the message itself. */
    static final int ROOT = -1;

    /** {@link #group} of a field that is an array by itself. */
    static final int OWN_ARRAY = -2;

    /** Whether a row has several values of it. */
    boolean isArray() {
        return group != ROOT;
    }

    /** Name as it stands in a statement. */
    String quoted() {
        return '"' + name + '"';
    }
}
