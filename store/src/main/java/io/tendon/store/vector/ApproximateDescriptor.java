package io.tendon.store.vector;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a graph over a file of vectors is kept: a Lucene index with one document a vector, its fields for what a filter asks,
 * and in the user data of each commit whose graph it is and how many of the file's records it covers.
 *
 * <p>It is built in blocks that are never merged. The graph of a block is built in memory, so a block bounds the heap that
 * it takes, and that is what a recorder can spare; a search goes through all of them, 25 for 100,000 vectors.
 */
final class ApproximateDescriptor {
    /** What the directory's name ends with. */
    static final String EXTENSION = ".hnsw";

    /** Of the fields and the user data. */
    static final int VERSION = 1;

    /** Records of one block. With 384 elements each, 6 MiB of vectors and 2 MiB of graph while it is built. */
    static final int BLOCK_RECORDS = 4096;

    /**
     * Records from which on a graph is made. Up to here comparing with each answers as soon as a graph that has to be opened
     * first; a graph costs processor time for each vector, and the room of the file again. {@code bench/run.sh store --part
     * NEIGHBOURS} measures both.
     */
    static final int THRESHOLD_RECORDS = 32_768;

    /** Candidates asked of the graph at least, and for each match that is wanted; the best of them are given. */
    static final int LEAST_CANDIDATES = 50;

    static final int CANDIDATES_PER_MATCH = 5;

    static final String VECTOR = "vector";
    static final String RECORD = "record";
    static final String KIND = "kind";
    static final String LABEL = "label";
    static final String FROM = "from";
    static final String END = "end";

    private static final String VERSION_KEY = "tendon.version";
    private static final String FILE_ID_KEY = "tendon.fileId";
    private static final String RECORDS_KEY = "tendon.records";

    private ApproximateDescriptor() {}

    /** What a commit says that covers the first records of a file. */
    static Map<String, String> userData(final VectorFileHeader header, final long records) {
        return Map.of(
                VERSION_KEY,
                Integer.toString(VERSION),
                FILE_ID_KEY,
                Long.toString(header.fileId()),
                RECORDS_KEY,
                Long.toString(records));
    }

    /**
     * How many of a file's records a commit covers.
     *
     * @param userData of the commit.
     * @param file that it should be of.
     * @return from 0; -1 when it is of another file or version, or covers more than there is, as after a cut.
     */
    static long coveredRecords(final Map<String, String> userData, final VectorFile file) {
        final String records = userData.get(RECORDS_KEY);
        if (!isEqual(userData.get(VERSION_KEY), VERSION)
                || !isEqual(userData.get(FILE_ID_KEY), file.header().fileId())
                || records == null) {
            return -1;
        }
        final long covered = Long.parseLong(records);
        return covered <= file.records() ? covered : -1;
    }

    private static boolean isEqual(final @Nullable String text, final long number) {
        return Long.toString(number).equals(text);
    }
}
