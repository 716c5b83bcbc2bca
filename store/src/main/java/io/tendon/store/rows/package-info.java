/**
 * Rows of an answer on their way from an index to a person or a program: the same for an answer that a command computes
 * itself and for one that a running robot's recorder gives over the bus.
 *
 * <p>Read {@link io.tendon.store.rows.RowSink} first. {@link io.tendon.store.rows.RowLinesWriter} and {@link
 * io.tendon.store.rows.RowLinesReader} carry rows over the bus; the other sinks print them.
 */
@NullMarked
package io.tendon.store.rows;

import org.jspecify.annotations.NullMarked;
