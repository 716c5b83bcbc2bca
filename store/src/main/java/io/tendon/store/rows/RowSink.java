package io.tendon.store.rows;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rows of one answer: first the columns, then each row, then the end. Values are {@code null}, Boolean, Long,
 * BigInteger, Double (NaN and infinities included), String (text, and times as {@code 2026-01-31T12:00:00.000000001Z}), or a
 * List or Map of these. One owner thread.
 */
public interface RowSink {
    /** Takes the columns. */
    void columns(List<ResultColumn> columns) throws IOException;

    /** Takes a row, which holds until this returns. */
    void row(List<@Nullable Object> values) throws IOException;

    /** No more rows come. */
    void end() throws IOException;
}
