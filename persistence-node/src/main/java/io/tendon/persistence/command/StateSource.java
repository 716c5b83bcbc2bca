package io.tendon.persistence.command;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.RecordingPlace;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.query.QueryClient;
import io.tendon.sessionlog.SessionCatalog;
import io.tendon.store.StoreException;
import io.tendon.store.state.LoggedState;
import io.tendon.store.state.StateCatchUp;
import io.tendon.store.state.StateKey;
import io.tendon.store.state.StateStore;
import io.tendon.store.state.StateValue;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Chooses who answers: the map, brought up to the recordings first, or, when it cannot be opened here, the recordings
 * themselves. The answer is the same, as of now; only the wait differs. Main thread.
 */
final class StateSource {
    /** What is said when the map does not answer. */
    static final String FROM_RECORDINGS = "; answered from the recordings, which takes longer";

    private final StateOptions options;
    private final Consumer<String> notices;
    private final BooleanSupplier isStopped;

    /**
     * Nothing is opened yet.
     *
     * @param options of the command.
     * @param notices for the person who waits, one line each.
     * @param isStopped whether that person has had enough.
     */
    StateSource(final StateOptions options, final Consumer<String> notices, final BooleanSupplier isStopped) {
        this.options = options;
        this.notices = notices;
        this.isStopped = isStopped;
    }

    /**
     * Opens whoever can answer.
     *
     * @return to be asked, and closed.
     * @throws CommandFailure when the person has had enough before.
     */
    StateAnswers open() {
        final Path data = options.dataDirectory();
        if (new SessionCatalog(data).directories().isEmpty()) {
            // Nothing is made in a directory that may have been misspelt.
            notices.accept("no sessions in " + data + "; start the robot with launch-all.sh");
            return fromRecordings(data);
        }
        final StateStore store;
        try {
            store = StateStore.open(data, StateStore.limitsOf(data), notices);
        } catch (final StoreException e) {
            notices.accept(e.getMessage() + FROM_RECORDINGS);
            return fromRecordings(data);
        } catch (final CommandFailure e) {
            return whileAnotherHasItOpen(data);
        }
        return caughtUp(data, store);
    }

    /**
     * Answers while another process has the map open, which is the recorder of a robot that runs, or another command. This
     * is the one place that knows of it: whoever can ask that process asks it here.
     */
    private StateAnswers whileAnotherHasItOpen(final Path data) {
        final RuntimeDirectory runtime = options.runtime();
        final boolean isRecordedHere = SessionAnchor.readLive(runtime.sessionFile())
                .flatMap(anchor -> RecordingPlace.read(runtime.recordingFile(), anchor.sessionName()))
                .filter(place -> place.dataDirectory().equals(data.toAbsolutePath()))
                .isPresent();
        return isRecordedHere
                ? new LiveStateAnswers(
                        QueryClient.connect(runtime, error -> notices.accept("bus: " + error)),
                        new LoggedState(data, notices),
                        notices)
                : fromRecordings(data);
    }

    private StateAnswers caughtUp(final Path data, final StateStore store) {
        try {
            if (!new StateCatchUp(store, data, notices).run(session -> true, isStopped)) {
                throw new CommandFailure("state: stopped before the recordings were read; what was read is kept");
            }
            return new StoredAnswers(store, new LoggedState(data, notices));
        } catch (final RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private StateAnswers fromRecordings(final Path data) {
        final LoggedState log = new LoggedState(data, notices);
        return new StateAnswers() {
            @Override
            public @Nullable StateValue get(final StateKey key) {
                return log.get(key, Long.MAX_VALUE);
            }

            @Override
            public List<StateValue> list(final String prefix) {
                return log.list(prefix);
            }

            @Override
            public boolean isListQuick() {
                return false;
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    /** The map, and the recordings for what it does not hold. */
    private record StoredAnswers(StateStore store, LoggedState log) implements StateAnswers {
        @Override
        public @Nullable StateValue get(final StateKey key) {
            final StateValue value = store.get(key);
            if (value == null) {
                return store.refused() == 0 ? null : log.get(key, Long.MAX_VALUE);
            }
            return StateAnswers.withMessage(value, log);
        }

        @Override
        public List<StateValue> list(final String prefix) {
            return store.refused() == 0 ? store.list(prefix) : log.list(prefix);
        }

        @Override
        public boolean isListQuick() {
            return store.refused() == 0;
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
