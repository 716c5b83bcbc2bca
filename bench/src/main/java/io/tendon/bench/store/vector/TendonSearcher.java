package io.tendon.bench.store.vector;

import io.tendon.bus.config.CommandFailure;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.store.vector.SessionVectors;
import io.tendon.store.vector.VectorFilter;
import io.tendon.store.vector.VectorQuery;
import java.util.List;
import java.util.Set;

/** Ours, as a command asks: comparing with each, or along the graph where there is one. */
final class TendonSearcher implements VectorSearcher {
    private final SessionVectors vectors;

    TendonSearcher(final SessionDirectory session) {
        vectors = SessionVectors.open(session, notice -> {
            throw new CommandFailure("vectors: " + notice);
        });
    }

    /** Whether there is a graph, which most of them are in. */
    boolean hasGraph() {
        return vectors.models().stream().anyMatch(model -> model.coveredRecords() > 0);
    }

    /** Median time of comparing with each, ns, as {@code verify} measures it; where there is a graph. */
    double exactNs(final int questions) {
        return vectors.recall(questions, 1).get(0).exactMedianNs();
    }

    @Override
    public List<Integer> search(final float[] question) {
        return vectors
                .search(new VectorQuery(VectorRig.MODEL, question, Neighbours.K, Set.of(), VectorFilter.ALL))
                .stream()
                .map(match -> VectorRig.numberOf(match.entry().fromNs()))
                .toList();
    }

    @Override
    public void close() {
        vectors.close();
    }
}
