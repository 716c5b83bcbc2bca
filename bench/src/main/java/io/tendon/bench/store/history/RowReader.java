package io.tendon.bench.store.history;

import io.tendon.store.rows.ResultColumn;
import io.tendon.store.rows.RowSink;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands each row on. */
final class RowReader implements RowSink {
    private final Consumer<List<@Nullable Object>> rows;

    RowReader(final Consumer<List<@Nullable Object>> rows) {
        this.rows = rows;
    }

    @Override
    public void columns(final List<ResultColumn> columns) {
        // Known to who asked.
    }

    @Override
    public void row(final List<@Nullable Object> values) {
        rows.accept(values);
    }

    @Override
    public void end() {
        // Known by the return of the question.
    }
}
