package io.tendon.store.vector;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is searched of one model: a file as it stood when this was opened and, where there is one, the graph over most of it.
 * What the graph does not cover is compared exactly. One owner thread.
 */
final class SearchableVectors implements AutoCloseable {
    private final VectorFile file;
    private final @Nullable ApproximateReader graph;

    private SearchableVectors(final VectorFile file, final @Nullable ApproximateReader graph) {
        this.file = file;
        this.graph = graph;
    }

    static SearchableVectors open(final VectorFile file) {
        return new SearchableVectors(file, ApproximateReader.open(file));
    }

    VectorFile file() {
        return file;
    }

    /** Records that are looked for along a graph; 0 when all are compared. */
    long coveredRecords() {
        return graph == null ? 0 : graph.coveredRecords();
    }

    /**
     * The nearest, as fast as it goes.
     *
     * @param query of this model and dimension.
     * @param notices is told what could not be used.
     * @return the best.
     */
    TopMatches search(final VectorQuery query, final Consumer<String> notices) {
        if (graph == null) {
            return searchExactly(query, notices);
        }
        final TopMatches top = new TopMatches(query.k());
        try {
            long damaged = graph.search(query, top);
            damaged += ExactSearch.search(file, graph.coveredRecords(), query, top);
            tell(damaged, notices);
            return top;
        } catch (final IOException e) {
            notices.accept(VectorDirectory.graphOf(file.path()) + ": cannot be read (" + e
                    + "); all vectors were compared instead; delete it, it is built again");
            return searchExactly(query, notices);
        }
    }

    /** The nearest, by comparing with each. */
    TopMatches searchExactly(final VectorQuery query, final Consumer<String> notices) {
        final TopMatches top = new TopMatches(query.k());
        tell(ExactSearch.search(file, 0, query, top), notices);
        return top;
    }

    @Override
    public void close() {
        if (graph != null) {
            graph.close();
        }
    }

    private void tell(final long damaged, final Consumer<String> notices) {
        if (damaged > 0) {
            notices.accept(file.path() + ": " + damaged
                    + " damaged records were passed over; delete the file, it can be made again");
        }
    }
}
