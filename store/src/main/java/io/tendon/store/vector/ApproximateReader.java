package io.tendon.store.vector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Looks for near vectors along a graph: fast, and now and then it misses one. As it was stored when this was opened; another
 * process may be building on it. One owner thread.
 */
final class ApproximateReader implements AutoCloseable {
    private final VectorFile file;
    private final Directory directory;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final long coveredRecords;

    private ApproximateReader(
            final VectorFile file, final Directory directory, final DirectoryReader reader, final long coveredRecords) {
        this.file = file;
        this.directory = directory;
        this.reader = reader;
        this.searcher = new IndexSearcher(reader);
        this.coveredRecords = coveredRecords;
    }

    /**
     * Opens the graph of a file.
     *
     * @param file whose graph.
     * @return the graph; null when there is none that can be used, and all must be compared.
     */
    static @Nullable ApproximateReader open(final VectorFile file) {
        final Path path = VectorDirectory.graphOf(file.path());
        if (!Files.isDirectory(path)) {
            return null;
        }
        Directory directory = null;
        DirectoryReader reader = null;
        try {
            directory = FSDirectory.open(path);
            reader = DirectoryReader.open(directory);
            final long covered =
                    ApproximateDescriptor.coveredRecords(reader.getIndexCommit().getUserData(), file);
            if (covered > 0) {
                return new ApproximateReader(file, directory, reader, covered);
            }
        } catch (final IOException | IllegalArgumentException e) {
            // Not there yet, being deleted, or damaged: it only makes faster what can be had without it.
            close(reader, directory);
            return null;
        }
        close(reader, directory);
        return null;
    }

    /** Records from the first on that it knows. */
    long coveredRecords() {
        return coveredRecords;
    }

    /**
     * Reads all of it, and holds it against its checksums.
     *
     * @throws IOException when one does not fit.
     */
    void checkIntegrity() throws IOException {
        for (final LeafReaderContext leaf : reader.leaves()) {
            leaf.reader().checkIntegrity();
        }
    }

    /**
     * Looks among the records that it covers.
     *
     * @param query what for.
     * @param top gets the best, with their exact similarity.
     * @return records that were passed over because they are damaged.
     * @throws IOException when the graph cannot be read; all must be compared then.
     */
    long search(final VectorQuery query, final TopMatches top) throws IOException {
        final int candidates = Math.max(ApproximateDescriptor.LEAST_CANDIDATES, (int)
                Math.min(coveredRecords, (long) query.k() * ApproximateDescriptor.CANDIDATES_PER_MATCH));
        final ScoreDoc[] found = searcher.search(
                        new KnnFloatVectorQuery(
                                ApproximateDescriptor.VECTOR,
                                query.vector(),
                                candidates,
                                GraphFilter.of(query.filter())),
                        candidates)
                .scoreDocs;
        final float[] vector = new float[file.header().dimension()];
        try (VectorScan records = VectorScan.ofSingleRecords(file)) {
            for (final ScoreDoc document : found) {
                final long record = record(document.doc);
                if (records.moveTo(record)) {
                    records.vector(vector);
                    top.offer(record, UnitVector.dot(query.vector(), vector));
                }
            }
            return records.damaged();
        }
    }

    @Override
    public void close() {
        close(reader, directory);
    }

    private long record(final int document) throws IOException {
        final LeafReaderContext leaf = reader.leaves().get(ReaderUtil.subIndex(document, reader.leaves()));
        final NumericDocValues records = leaf.reader().getNumericDocValues(ApproximateDescriptor.RECORD);
        if (records == null || !records.advanceExact(document - leaf.docBase)) {
            throw new IOException("document " + document + " has no record");
        }
        return records.longValue();
    }

    private static void close(final @Nullable DirectoryReader reader, final @Nullable Directory directory) {
        try (directory;
                reader) {
            // Closing is all there is to do.
        } catch (final IOException e) {
            // Nothing was written, so nothing is lost.
            System.getLogger(ApproximateReader.class.getName()).log(System.Logger.Level.DEBUG, "closing", e);
        }
    }
}
