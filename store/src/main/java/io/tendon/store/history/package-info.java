/**
 * What was said, as tables for SQL: one for each type of message, with a column for each of its fields, and figures of
 * each second and minute beside it. One DuckDB database for each session.
 *
 * <p>Read {@link io.tendon.store.history.HistoryIndex} first. {@link io.tendon.store.history.MessageLayout} makes columns
 * out of the schema, {@link io.tendon.store.history.RowListener} rows out of messages, {@link
 * io.tendon.store.history.TableWriter} appends them, {@link io.tendon.store.history.RollUp} keeps the figures.
 */
@NullMarked
package io.tendon.store.history;

import org.jspecify.annotations.NullMarked;
