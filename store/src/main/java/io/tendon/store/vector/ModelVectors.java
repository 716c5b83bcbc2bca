package io.tendon.store.vector;

import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/** What is appended to of one model: its file and, when that is long, the graph over it. One owner thread. */
final class ModelVectors implements AutoCloseable {
    private final VectorFileWriter file;
    private final Consumer<String> notices;
    private @Nullable ApproximateWriter graph;

    private ModelVectors(final VectorFileWriter file, final Consumer<String> notices) {
        this.file = file;
        this.notices = notices;
    }

    /**
     * Takes over an open file.
     *
     * @param file nothing of which was appended yet; closed with this, and when this cannot be made.
     * @param notices is told of graphs that are deleted.
     * @return the vectors.
     */
    static ModelVectors of(final VectorFileWriter file, final Consumer<String> notices) {
        final ModelVectors vectors = new ModelVectors(file, notices);
        try {
            vectors.openGraph();
            return vectors;
        } catch (final RuntimeException e) {
            CloseHelper.quietClose(vectors);
            throw e;
        }
    }

    /** The file. */
    VectorFileWriter file() {
        return file;
    }

    /**
     * Stores what was appended, and builds the graph on.
     *
     * @param graphLimit most records that the graph takes in.
     */
    void commit(final int graphLimit) {
        file.commit();
        advance(graphLimit);
    }

    /**
     * Builds the graph on.
     *
     * @param limit most records to take in.
     * @return whether there was anything to take in.
     */
    boolean advance(final int limit) {
        openGraph();
        return graph != null && graph.advance(file.stored(), limit) > 0;
    }

    /** Stored records that the graph has not taken in; 0 when the file is too short for one. */
    long missingInGraph() {
        openGraph();
        return graph == null ? 0 : file.stored().records() - graph.addedRecords();
    }

    @Override
    public void close() {
        try (file) {
            if (graph != null) {
                graph.close();
            }
        }
    }

    private void openGraph() {
        final VectorFile stored = file.stored();
        if (graph == null && ApproximateWriter.isWanted(stored)) {
            graph = ApproximateWriter.open(stored, notices);
        }
    }
}
