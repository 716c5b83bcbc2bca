package io.tendon.persistence.command;

import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.store.StoreException;
import io.tendon.store.vector.MomentSearch;
import io.tendon.store.vector.PurgedMoments;
import io.tendon.store.vector.SessionVectors;
import io.tendon.store.vector.VectorCatchUp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Answers from the sessions' files: takes in what is not there yet, and searches. Main thread. */
final class SimilarSearch {
    private SimilarSearch() {}

    /**
     * Answers.
     *
     * @param question what is looked for.
     * @param damages is told of damaged ranges of recordings.
     * @param notices is told, in one line each, what could not be used.
     * @return what was found.
     * @throws StoreException when the question has no answer.
     */
    static MomentSearch.Moments answer(
            final SimilarQuestion question, final DamageListener damages, final Consumer<String> notices) {
        final List<SessionVectors> opened = new ArrayList<>();
        final Map<String, PurgedMoments> purged = new HashMap<>();
        try {
            SessionVectors reference = null;
            for (final Session session : question.sessions()) {
                VectorCatchUp.run(session.directory(), damages, notices);
                final SessionVectors vectors = SessionVectors.open(session.directory(), notices);
                opened.add(vectors);
                purged.put(session.directory().sessionId(), PurgedMoments.of(session.directory()));
                if (session.directory().equals(question.reference().directory())) {
                    reference = vectors;
                }
            }
            final MomentSearch search = new MomentSearch(
                    opened,
                    match -> Objects.requireNonNull(purged.get(match.session())).holds(match.entry()));
            return reference == null || question.timeNs().isEmpty()
                    ? search.likeLabel(question.label(), question.model(), question.k(), question.filter())
                    : search.likeTime(
                            reference,
                            question.timeNs().getAsLong(),
                            question.model(),
                            question.k(),
                            question.filter());
        } finally {
            opened.forEach(SessionVectors::close);
        }
    }
}
