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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the recorder of a robot that runs knows, and the recordings for what it does not: while it has not opened the state
 * yet, or does not hold all keys. Main thread.
 */
final class LiveStateAnswers implements StateAnswers {
    private static final long TIMEOUT_NS = 5_000_000_000L;

    private final QueryClient recorder;
    private final LoggedState log;
    private final Consumer<String> notices;
    private boolean isAnswering = true;

    /**
     * Nothing is asked yet.
     *
     * @param recorder to ask; closed with this.
     * @param log the recordings.
     * @param notices is told when the recorder does not answer.
     */
    LiveStateAnswers(final QueryClient recorder, final LoggedState log, final Consumer<String> notices) {
        this.recorder = recorder;
        this.log = log;
        this.notices = notices;
    }

    @Override
    public @Nullable StateValue get(final StateKey key) {
        final List<StateValue> values = ask(QueryKind.STATE_GET, key.text());
        if (values == null) {
            return log.get(key, Long.MAX_VALUE);
        }
        return values.isEmpty() ? null : StateAnswers.withMessage(values.get(0), log);
    }

    @Override
    public List<StateValue> list(final String prefix) {
        final List<StateValue> values = ask(QueryKind.STATE_LIST, prefix);
        return values == null ? log.list(prefix) : values;
    }

    @Override
    public boolean isListQuick() {
        return isAnswering;
    }

    @Override
    public void close() {
        recorder.close();
    }

    /** Null when the recorder cannot say; it is not asked again then. */
    private @Nullable List<StateValue> ask(final QueryKind kind, final String text) {
        final List<StateValue> values = new ArrayList<>();
        try {
            if (isAnswering) {
                recorder.ask(
                        kind,
                        text,
                        TIMEOUT_NS,
                        new RowLinesReader(new RowCollector(row -> values.add(StateRows.value(row)))));
                return values;
            }
        } catch (final CommandFailure e) {
            isAnswering = false;
            notices.accept(e.getMessage() + StateSource.FROM_RECORDINGS);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return null;
    }
}
