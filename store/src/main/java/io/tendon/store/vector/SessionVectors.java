package io.tendon.store.vector;

import io.tendon.sessionlog.SessionDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.CloseHelper;

/**
 * The vectors of one session, to be searched: what was recorded and what was derived, as it stood when this was opened.
 * Needs no lock; another process may be appending. One owner thread.
 */
public final class SessionVectors implements AutoCloseable {
    /** Best first; of equals, by place. */
    static final Comparator<VectorMatch> ORDER = Comparator.comparingDouble(VectorMatch::similarity)
            .reversed()
            .thenComparing(VectorMatch::session)
            .thenComparing(match -> match.entry().streamId())
            .thenComparing(match -> match.entry().sessionId())
            .thenComparing(match -> match.entry().position());

    private final String session;
    private final List<SearchableVectors> sets;
    private final Consumer<String> notices;

    private SessionVectors(final String session, final List<SearchableVectors> sets, final Consumer<String> notices) {
        this.session = session;
        this.sets = sets;
        this.notices = notices;
    }

    /**
     * Opens what a session has.
     *
     * @param session whose; it may have none.
     * @param notices is told, in one line each, what could not be used.
     * @return to be searched.
     */
    public static SessionVectors open(final SessionDirectory session, final Consumer<String> notices) {
        return open(session.sessionId(), VectorDirectory.of(session), notices);
    }

    static SessionVectors open(final String session, final VectorDirectory directory, final Consumer<String> notices) {
        final List<SearchableVectors> sets = new ArrayList<>();
        try {
            addAll(sets, directory, notices);
            return new SessionVectors(session, List.copyOf(sets), notices);
        } catch (final RuntimeException e) {
            CloseHelper.quietCloseAll(sets);
            throw e;
        }
    }

    private static void addAll(
            final List<SearchableVectors> sets, final VectorDirectory directory, final Consumer<String> notices) {
        for (final VectorOrigin origin : VectorOrigin.values()) {
            for (final Path path : directory.files(origin)) {
                try {
                    sets.add(SearchableVectors.open(VectorFile.open(path)));
                } catch (final VectorFileHeader.UnusableException e) {
                    notices.accept(e.getMessage() + "; passed over; delete it, it can be made again");
                }
            }
        }
    }

    /** Name of the session. */
    public String session() {
        return session;
    }

    /** What it holds of each model. */
    public List<ModelFigures> models() {
        return sets.stream()
                .map(set -> new ModelFigures(
                        set.file().header().model(),
                        set.file().header().dimension(),
                        set.file().header().origin(),
                        set.file().records(),
                        set.coveredRecords()))
                .toList();
    }

    /**
     * The nearest of this session.
     *
     * @param query of a model; vectors of others, or of another dimension, are not compared.
     * @return best first, at most k.
     */
    public List<VectorMatch> search(final VectorQuery query) {
        if (!query.looksIn(session)) {
            return List.of();
        }
        return sets.stream()
                .filter(set -> set.file().header().model().equals(query.model())
                        && set.file().header().dimension() == query.vector().length)
                .flatMap(set -> matches(set, set.search(query, notices)))
                .sorted(ORDER)
                .limit(query.k())
                .toList();
    }

    /** How often the graphs find what there is; nothing of models that have none. */
    public List<RecallFigures> recall(final int sampleSize, final long seed) {
        return sets.stream()
                .filter(set -> set.coveredRecords() > 0)
                .map(set -> RecallFigures.measure(set, sampleSize, seed, notices))
                .toList();
    }

    /** Labels that occur, of all models. */
    Set<String> labels() {
        final Set<String> labels = new HashSet<>();
        for (final SearchableVectors set : sets) {
            try (VectorScan scan = set.file().scan()) {
                while (scan.next()) {
                    labels.add(scan.entry().label());
                }
            }
        }
        labels.remove("");
        return labels;
    }

    /** By file. */
    List<SearchableVectors> sets() {
        return sets;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(sets);
    }

    private Stream<VectorMatch> matches(final SearchableVectors set, final TopMatches top) {
        final List<VectorMatch> matches = new ArrayList<>();
        try (VectorScan records = VectorScan.ofSingleRecords(set.file())) {
            for (int rank = 0; rank < top.size(); rank++) {
                if (records.moveTo(top.record(rank))) {
                    matches.add(new VectorMatch(
                            top.similarity(rank), session, set.file().header().model(), records.entry()));
                }
            }
        }
        return matches.stream();
    }

    /**
     * What a session holds of one model.
     *
     * @param model whose space.
     * @param dimension of its vectors.
     * @param origin where they come from.
     * @param records how many.
     * @param coveredRecords of these, how many are searched along a graph.
     */
    public record ModelFigures(String model, int dimension, VectorOrigin origin, long records, long coveredRecords) {}
}
