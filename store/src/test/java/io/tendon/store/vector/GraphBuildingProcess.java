package io.tendon.store.vector;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that builds the graph over a file a little at a time, so that a kill finds it anywhere. */
final class GraphBuildingProcess {
    private static final int RECORDS_PER_STEP = 200;

    private GraphBuildingProcess() {}

    /** Argument: the file. Writes a line once it begins. */
    public static void main(final String[] args) {
        final VectorFile file = VectorFile.open(Path.of(args[0]));
        final List<String> notices = new ArrayList<>();
        try (ApproximateWriter graph = ApproximateWriter.open(file, notices::add)) {
            System.out.println("begins");
            while (graph.advance(file, RECORDS_PER_STEP) > 0) {
                // To the end.
            }
        }
        notices.forEach(System.err::println);
    }
}
