package io.tendon.persistence.index;

import io.tendon.store.SessionStore;
import io.tendon.store.state.StateStore;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of the robot that runs, on the thread of the indices.
 *
 * @param session indices of the session.
 * @param state of the data directory; null while it is not open.
 */
public record LiveStore(SessionStore session, @Nullable StateStore state) {}
