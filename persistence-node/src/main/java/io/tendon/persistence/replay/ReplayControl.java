package io.tendon.persistence.replay;

import org.jspecify.annotations.Nullable;

/** A running replay, for whoever shows it and asks things of it. Any thread. */
public interface ReplayControl {
    /** Asks something of the replay, which does it between two messages; too much at once is forgotten. */
    void ask(ReplayAction action);

    /** Where it stands; null before it begins. */
    @Nullable
    ReplayProgress progress();
}
