package io.tendon.store.vector;

import io.tendon.store.Indexer;
import java.nio.file.Path;

/** A process that feeds an index from a log a few messages at a time, so that a kill finds it anywhere. */
final class AppendingProcess {
    private static final int MESSAGES_PER_COMMIT = 5;

    private AppendingProcess() {}

    /** Arguments: the archive's directory, the indices' directory. Writes a line once it begins. */
    public static void main(final String[] args) {
        final VectorIndex index =
                VectorIndex.open(Path.of(args[1]), System.err::println).orElseThrow();
        try (Indexer indexer = RecordedEmbeddings.indexer(Path.of(args[0]), index)) {
            System.out.println("begins");
            while (indexer.poll(MESSAGES_PER_COMMIT) > 0) {
                indexer.commit();
            }
        }
    }
}
