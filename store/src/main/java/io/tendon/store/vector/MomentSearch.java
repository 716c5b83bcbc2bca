package io.tendon.store.vector;

import io.tendon.schemas.EmbeddingKind;
import io.tendon.sessionlog.recording.TimeRange;
import io.tendon.store.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds moments that are like another one. A moment has many vectors, those of windows that overlap above all, and is given
 * once, by the nearest of them; the moment that is asked about is not an answer. One owner thread.
 */
public final class MomentSearch {
    /** How many more vectors than moments are looked at first, and by how much more each time that is too few. */
    private static final int GROWTH = 4;

    private final List<SessionVectors> sessions;
    private final Predicate<VectorMatch> isGone;

    /**
     * Searches in sessions.
     *
     * @param sessions to look in.
     */
    public MomentSearch(final List<SessionVectors> sessions) {
        this(sessions, match -> false);
    }

    /**
     * Searches in sessions of which something was deleted.
     *
     * @param sessions to look in.
     * @param isGone which moments are left out, such as {@link PurgedMoments}.
     */
    public MomentSearch(final List<SessionVectors> sessions, final Predicate<VectorMatch> isGone) {
        this.sessions = List.copyOf(sessions);
        this.isGone = isGone;
    }

    /**
     * Moments that are like one of a session.
     *
     * @param reference session in which the moment lies; it may be searched itself.
     * @param timeNs of the moment, ns since the epoch.
     * @param model in whose space to compare; null when only one has a vector there.
     * @param k most moments to give.
     * @param filter which come into question.
     * @return what was found.
     * @throws StoreException when there is no vector of that moment, or of several models.
     */
    public Moments likeTime(
            final SessionVectors reference,
            final long timeNs,
            final @Nullable String model,
            final int k,
            final VectorFilter filter) {
        final EmbeddingKind kind = filter.kind() == null ? EmbeddingKind.WINDOW : filter.kind();
        final NearestInTime nearest = NearestInTime.find(reference, timeNs, model, kind);
        final VectorEntry entry = nearest.entry();
        final VectorQuery query = new VectorQuery(nearest.model(), nearest.vector(), k, Set.of(), filter);
        final VectorFilter elsewhere = filter.excluding(new TimeRange(entry.fromNs(), entry.endNs()));
        return new Moments(
                new VectorMatch(1, reference.session(), nearest.model(), entry),
                moments(query, session -> session.session().equals(reference.session()) ? elsewhere : filter));
    }

    /**
     * Moments that are like those with a label: near to the middle of what has it, which come first themselves as a rule.
     *
     * @param label that some vectors have.
     * @param model in whose space to compare; null when the label occurs in one alone.
     * @param k most moments to give.
     * @param filter which come into question.
     * @return what was found.
     * @throws StoreException when no vector has that label, or those of several models.
     */
    public Moments likeLabel(final String label, final @Nullable String model, final int k, final VectorFilter filter) {
        final LabelMiddle middle = LabelMiddle.find(sessions, label, model);
        return new Moments(
                null,
                moments(new VectorQuery(middle.model(), middle.vector(), k, Set.of(), filter), session -> filter));
    }

    private List<VectorMatch> moments(final VectorQuery query, final SessionFilter filters) {
        int looked = query.k();
        while (true) {
            looked = (int) Math.min(Integer.MAX_VALUE / 2, (long) looked * GROWTH);
            final List<VectorMatch> matches = new ArrayList<>();
            boolean isAll = true;
            for (final SessionVectors session : sessions) {
                final List<VectorMatch> found =
                        session.search(query.withK(looked).withFilter(filters.of(session)));
                isAll &= found.size() < looked;
                found.stream().filter(isGone.negate()).forEach(matches::add);
            }
            matches.sort(SessionVectors.ORDER);
            final List<VectorMatch> moments = withoutOverlaps(matches, query.k());
            if (moments.size() == query.k() || isAll) {
                return moments;
            }
        }
    }

    private static List<VectorMatch> withoutOverlaps(final List<VectorMatch> matches, final int limit) {
        final List<VectorMatch> moments = new ArrayList<>();
        for (final VectorMatch match : matches) {
            final boolean isKnown = moments.stream()
                    .anyMatch(moment -> moment.session().equals(match.session())
                            && moment.entry().overlaps(match.entry()));
            if (!isKnown && moments.size() < limit) {
                moments.add(match);
            }
        }
        return moments;
    }

    /** Names models for a person. */
    static StoreException severalModels(final String what, final Set<String> models) {
        return new StoreException(what + " has vectors of several models, which cannot be compared with each other: "
                + String.join(", ", models.stream().sorted().toList()) + "; choose one with --model");
    }

    /** Labels for a person, the first of them. */
    static String labelsText(final List<SessionVectors> sessions) {
        final Set<String> labels = new HashSet<>();
        sessions.forEach(session -> labels.addAll(session.labels()));
        final List<String> shown = labels.stream().sorted().limit(20).toList();
        return shown.isEmpty()
                ? "there are no labels"
                : "the labels are " + String.join(", ", shown) + (shown.size() < labels.size() ? ", …" : "");
    }

    /**
     * What was found.
     *
     * @param asked the vector that was asked with; null when it was made of several.
     * @param found best first; no two share time in one session, and none shares time with {@code asked}.
     */
    public record Moments(@Nullable VectorMatch asked, List<VectorMatch> found) {
        /** Copies the list. */
        public Moments {
            found = List.copyOf(found);
        }
    }

    /** Which filter holds in a session. */
    @FunctionalInterface
    private interface SessionFilter {
        VectorFilter of(SessionVectors session);
    }
}
