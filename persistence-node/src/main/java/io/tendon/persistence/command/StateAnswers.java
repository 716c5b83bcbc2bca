package io.tendon.persistence.command;

import io.tendon.store.state.LoggedState;
import io.tendon.store.state.StateKey;
import io.tendon.store.state.StateValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who knows what is known now. Main thread. */
interface StateAnswers extends AutoCloseable {
    /**
     * Looks a key up.
     *
     * @param key to look for.
     * @return the value with its message, which may be that the key was removed, or without one when its recording was
     *     deleted; null when nothing was said.
     */
    @Nullable
    StateValue get(StateKey key);

    /**
     * Lists what is known, removed keys included, in the order of the keys.
     *
     * @param prefix of the keys; empty for all.
     * @return the values; the message of a long one may be missing.
     */
    List<StateValue> list(String prefix);

    /** Whether {@link #list} takes no longer than {@link #get}, so that it may be asked for the sake of a hint. */
    boolean isListQuick();

    /** A value that the map only knows the place of, with its message if that is still recorded. */
    static StateValue withMessage(final StateValue value, final LoggedState log) {
        final StateValue whole = log.withMessage(value);
        return whole == null ? value : whole;
    }

    @Override
    void close();
}
