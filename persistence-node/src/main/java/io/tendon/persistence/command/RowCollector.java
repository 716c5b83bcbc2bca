package io.tendon.persistence.command;

import io.tendon.store.rows.ResultColumn;
import io.tendon.store.rows.RowSink;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands the rows of an answer on that a command works with itself. */
final class RowCollector implements RowSink {
    private final Consumer<List<@Nullable Object>> rows;

    RowCollector(final Consumer<List<@Nullable Object>> rows) {
        this.rows = rows;
    }

    @Override
    public void columns(final List<ResultColumn> columns) {
        // Known to who asked.
    }

    @Override
    public void row(final List<@Nullable Object> values) {
        rows.accept(new ArrayList<>(values));
    }

    @Override
    public void end() {
        // Nothing is held back.
    }
}
