package io.tendon.persistence.command;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.query.QueryClient;
import io.tendon.schemas.QueryKind;
import io.tendon.store.rows.RowLinesReader;
import io.tendon.store.state.LoggedState;
import io.tendon.store.state.StateKey;
import io.tendon.store.state.StateRows;
import io.tendon.store.state.StateValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the recorder of a robot that runs knows, and the recordings for what it does not: while it has not opened the state
 * yet, or does not hold all keys. Main thread.
 *
 * @param recorder to ask.
 * @param log the recordings.
 */
record LiveStateAnswers(QueryClient recorder, LoggedState log) implements StateAnswers {
    private static final long TIMEOUT_NS = 5_000_000_000L;

    @Override
    public @Nullable StateValue get(final StateKey key) {
        final List<StateValue> values = ask(QueryKind.STATE_GET, key.text());
        if (values == null) {
            return log.get(key, Long.MAX_VALUE);
        }
        if (values.isEmpty()) {
            return null;
        }
        final StateValue value = values.get(0);
        return value.message() == null ? log.withMessage(value) : value;
    }

    @Override
    public List<StateValue> list(final String prefix) {
        final List<StateValue> values = ask(QueryKind.STATE_LIST, prefix);
        return values == null ? log.list(prefix) : values;
    }

    @Override
    public boolean isListQuick() {
        return true;
    }

    @Override
    public void close() {
        recorder.close();
    }

    /** Null when the recorder cannot say. */
    private @Nullable List<StateValue> ask(final QueryKind kind, final String text) {
        final List<StateValue> values = new ArrayList<>();
        try {
            recorder.ask(
                    kind,
                    text,
                    TIMEOUT_NS,
                    new RowLinesReader(new RowCollector(row -> values.add(StateRows.value(row)))));
            return values;
        } catch (final CommandFailure e) {
            return null;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
