package io.tendon.store.vector;

import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.IoUtil;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Builds the graph over a file of vectors behind its end, a little at a time, and stores whole blocks alone. What is not
 * stored yet is compared exactly, so that no answer is older for it; a crash loses less than a block, which is built again.
 * One owner thread.
 */
final class ApproximateWriter implements AutoCloseable {
    /** Above what a block takes, so that Lucene does not cut one. */
    private static final double BLOCK_MEMORY_MIB = 64;

    private final Path path;
    private final Directory directory;
    private final IndexWriter writer;
    private long addedRecords;
    private long storedRecords;

    private ApproximateWriter(
            final Path path, final Directory directory, final IndexWriter writer, final long coveredRecords) {
        this.path = path;
        this.directory = directory;
        this.writer = writer;
        this.addedRecords = coveredRecords;
        this.storedRecords = coveredRecords;
    }

    /** Whether a file is long enough for a graph, or has one, which must not fall behind. */
    static boolean isWanted(final VectorFile file) {
        return file.records() >= ApproximateDescriptor.THRESHOLD_RECORDS
                || Files.isDirectory(VectorDirectory.graphOf(file.path()));
    }

    /**
     * Opens the graph of a file, making it if there is none. One that cannot be read, or is of another file, is deleted.
     * Must be called whenever the file was opened to be appended to, before it is: a cut is seen by it.
     *
     * @param file whose graph.
     * @param notices is told when one was deleted.
     * @return the graph.
     * @throws StoreException when it cannot be made.
     */
    static ApproximateWriter open(final VectorFile file, final Consumer<String> notices) {
        final Path path = VectorDirectory.graphOf(file.path());
        try {
            final ApproximateWriter writer = open(path, file);
            if (writer != null) {
                return writer;
            }
            notices.accept(path + ": is not of this file of vectors as it stands; deleted, and built again");
        } catch (final IOException | IllegalArgumentException e) {
            // What else Lucene throws of files that are damaged.
            notices.accept(path + ": cannot be read (" + e + "); deleted, and built again");
        }
        IoUtil.delete(path.toFile(), true);
        try {
            final ApproximateWriter writer = open(path, file);
            if (writer != null) {
                return writer;
            }
            throw new StoreException(path + ": cannot be deleted; check its rights, and delete it");
        } catch (final IOException e) {
            throw failure(path, e);
        }
    }

    private static @Nullable ApproximateWriter open(final Path path, final VectorFile file) throws IOException {
        Files.createDirectories(path);
        final Directory directory = FSDirectory.open(path);
        IndexWriter writer = null;
        try {
            writer = new IndexWriter(
                    directory,
                    new IndexWriterConfig(null)
                            .setMergePolicy(NoMergePolicy.INSTANCE)
                            .setRAMBufferSizeMB(BLOCK_MEMORY_MIB)
                            .setCommitOnClose(false));
            final Map<String, String> userData = new HashMap<>();
            if (writer.getLiveCommitData() != null) {
                writer.getLiveCommitData().forEach(entry -> userData.put(entry.getKey(), entry.getValue()));
            }
            final boolean isNew = userData.isEmpty() && writer.getDocStats().maxDoc == 0;
            final long covered = isNew ? 0 : ApproximateDescriptor.coveredRecords(userData, file);
            if (covered >= 0) {
                return new ApproximateWriter(path, directory, writer, covered);
            }
        } catch (final IOException | IllegalArgumentException e) {
            close(writer, directory);
            throw e;
        }
        close(writer, directory);
        return null;
    }

    /**
     * Builds on.
     *
     * @param file as it stands now.
     * @param limit most records to take.
     * @return how many were taken; 0 when all were.
     * @throws StoreException when it cannot; this must be closed and opened again then.
     */
    int advance(final VectorFile file, final int limit) {
        final long fromRecord = addedRecords;
        final long toRecord = Math.min(file.records(), fromRecord + limit);
        final float[] vector = new float[file.header().dimension()];
        try (VectorScan scan = file.scan(fromRecord, toRecord)) {
            while (scan.next()) {
                scan.vector(vector);
                writer.addDocument(document(scan.record(), scan.entry(), vector.clone()));
                addedRecords = scan.record() + 1;
                storeBlock(file.header());
            }
            // Damaged ones at the end have no place in the graph, and need not be looked at again.
            addedRecords = toRecord;
            storeBlock(file.header());
        } catch (final IOException e) {
            throw failure(path, e);
        }
        return (int) (toRecord - fromRecord);
    }

    /** Records from the first on that were taken in, those of a block that is not whole among them. */
    long addedRecords() {
        return addedRecords;
    }

    /** Ends it; a block that is not whole is forgotten. */
    @Override
    public void close() {
        try {
            close(writer, directory);
        } catch (final IOException e) {
            throw failure(path, e);
        }
    }

    private void storeBlock(final VectorFileHeader header) throws IOException {
        if (addedRecords - storedRecords >= ApproximateDescriptor.BLOCK_RECORDS) {
            writer.setLiveCommitData(
                    ApproximateDescriptor.userData(header, addedRecords).entrySet());
            writer.commit();
            storedRecords = addedRecords;
        }
    }

    private static Document document(final long record, final VectorEntry entry, final float[] vector) {
        final Document document = new Document();
        document.add(
                new KnnFloatVectorField(ApproximateDescriptor.VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
        document.add(new NumericDocValuesField(ApproximateDescriptor.RECORD, record));
        document.add(new IntPoint(ApproximateDescriptor.KIND, entry.kind().value()));
        document.add(new StringField(ApproximateDescriptor.LABEL, entry.label(), Field.Store.NO));
        document.add(new LongPoint(ApproximateDescriptor.FROM, entry.fromNs()));
        document.add(new LongPoint(ApproximateDescriptor.END, entry.endNs()));
        return document;
    }

    private static void close(final @Nullable IndexWriter writer, final Directory directory) throws IOException {
        try (directory) {
            if (writer != null) {
                writer.rollback();
            }
        }
    }

    private static StoreException failure(final Path path, final IOException e) {
        return new StoreException(
                path + ": cannot be written (" + e + "); free some space there, or delete it: it is built again", e);
    }
}
