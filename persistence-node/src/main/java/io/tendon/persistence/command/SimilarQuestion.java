package io.tendon.persistence.command;

import io.tendon.sessionlog.Session;
import io.tendon.store.vector.VectorFilter;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for: moments like another one.
 *
 * @param reference session in which the other one lies.
 * @param sessions to look in.
 * @param timeNs of the other one, ns since the epoch; none when it is named by a label.
 * @param label that names it otherwise.
 * @param model in whose space to compare; null when there is only one.
 * @param k most moments to give, from 1.
 * @param filter which come into question.
 */
record SimilarQuestion(
        Session reference,
        List<Session> sessions,
        OptionalLong timeNs,
        String label,
        @Nullable String model,
        int k,
        VectorFilter filter) {

    /** Copies the list. */
    SimilarQuestion {
        sessions = List.copyOf(sessions);
    }

    /** A session that is looked in. */
    Session session(final String id) {
        return sessions.stream()
                .filter(session -> session.directory().sessionId().equals(id))
                .findFirst()
                .orElse(reference);
    }
}
