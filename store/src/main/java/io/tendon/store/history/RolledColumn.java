package io.tendon.store.history;

/**
 * A column that figures of spans of time are kept of. Immutable; any thread.
 *
 * @param column of the messages.
 * @param index among the message's columns.
 * @param length of its array, 0 for a single value.
 */
record RolledColumn(Column column, int index, int length) {}
