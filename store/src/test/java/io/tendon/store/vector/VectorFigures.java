package io.tendon.store.vector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.agrona.IoUtil;

/**
 * Prints the table of docs/formats/vectors.md: how long a question takes with so many vectors of 384 elements, compared with
 * each and along the graph, opened anew as `similar` does and kept open; how often the graph finds what there is; what it
 * costs. A main, not a test: it says how fast this machine is. One line for each number of vectors given as an argument.
 *
 * <pre>
 *   java -Xmx56m --add-opens java.base/jdk.internal.misc=ALL-UNNAMED -cp STORE-TEST-CLASSPATH \
 *     io.tendon.store.vector.VectorFigures 10000 30000 100000
 * </pre>
 */
final class VectorFigures {
    private static final int DIMENSION = 384;
    private static final long SEED = 7;
    private static final int QUESTIONS = 100;
    private static final double NS_PER_MS = 1e6;

    private final List<String> notices = new ArrayList<>();

    private VectorFigures() {}

    /** Arguments: numbers of vectors. */
    public static void main(final String[] args) throws IOException {
        System.out.printf(
                "%8s %11s %11s %11s %11s %11s %8s %8s %9s %9s %9s %9s%n",
                "vectors",
                "exact p50",
                "exact p99",
                "graph p50",
                "graph p99",
                "opened p50",
                "recall",
                "build s",
                "file MiB",
                "graph MiB",
                "anon MiB",
                "mapped MiB");
        final VectorFigures figures = new VectorFigures();
        for (final String count : args) {
            final Path directory = Files.createTempDirectory("vector-figures");
            try {
                figures.measure(directory, Integer.parseInt(count));
            } finally {
                IoUtil.delete(directory.toFile(), false);
            }
        }
        figures.notices.forEach(System.err::println);
    }

    private void measure(final Path directory, final int count) throws IOException {
        final TestVectors source = new TestVectors(SEED, DIMENSION, count);
        final Path path = new VectorDirectory(directory).file("m", VectorOrigin.RECORDED);
        final VectorFile file;
        try (VectorFileWriter writer =
                VectorFileWriter.create(path, VectorFileHeader.create("m", DIMENSION, VectorOrigin.RECORDED))) {
            for (int i = 0; i < count; i++) {
                writer.append(TestVectors.entry(i), source.next());
            }
            writer.commit();
            file = writer.stored();
        }
        final List<VectorQuery> questions = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            questions.add(new VectorQuery("m", source.next(), 10, Set.of(), VectorFilter.ALL));
        }
        final long startNs = System.nanoTime();
        try (ApproximateWriter graph = ApproximateWriter.open(file, notices::add)) {
            while (graph.advance(file, ApproximateDescriptor.BLOCK_RECORDS) > 0) {
                // To the end.
            }
        }
        final double buildS = (System.nanoTime() - startNs) / 1e9;
        final List<Long> openedNs = new ArrayList<>();
        for (final VectorQuery question : questions) {
            final long beginNs = System.nanoTime();
            try (SearchableVectors vectors = SearchableVectors.open(VectorFile.open(path))) {
                vectors.search(question, notices::add);
            }
            openedNs.add(System.nanoTime() - beginNs);
        }
        try (SearchableVectors vectors = SearchableVectors.open(file)) {
            print(count, vectors, questions, openedNs, buildS);
        }
    }

    private void print(
            final int count,
            final SearchableVectors vectors,
            final List<VectorQuery> questions,
            final List<Long> openedNs,
            final double buildS)
            throws IOException {
        final List<Long> exactNs = new ArrayList<>();
        final List<Long> graphNs = new ArrayList<>();
        long found = 0;
        for (final VectorQuery question : questions) {
            final long beginNs = System.nanoTime();
            final TopMatches exact = vectors.searchExactly(question, notices::add);
            final long middleNs = System.nanoTime();
            final TopMatches graph = vectors.search(question, notices::add);
            graphNs.add(System.nanoTime() - middleNs);
            exactNs.add(middleNs - beginNs);
            for (int i = 0; i < exact.size(); i++) {
                for (int j = 0; j < graph.size(); j++) {
                    found += exact.record(i) == graph.record(j) ? 1 : 0;
                }
            }
        }
        final Path path = vectors.file().path();
        System.out.printf(
                Locale.ROOT,
                "%8d %8.2f ms %8.2f ms %8.2f ms %8.2f ms %8.2f ms %8.4f %8.1f %9.1f %9.1f %9d %9d%n",
                count,
                percentile(exactNs, 0.5),
                percentile(exactNs, 0.99),
                percentile(graphNs, 0.5),
                percentile(graphNs, 0.99),
                percentile(openedNs, 0.5),
                found / (10.0 * questions.size()),
                buildS,
                Files.size(path) / 1048576.0,
                sizeBytes(VectorDirectory.graphOf(path)) / 1048576.0,
                residentMib("RssAnon"),
                residentMib("RssFile"));
    }

    private static double percentile(final List<Long> durationsNs, final double share) {
        final List<Long> sorted = new ArrayList<>(durationsNs);
        Collections.sort(sorted);
        return sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size())) / NS_PER_MS;
    }

    private static long sizeBytes(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(path -> path.toFile().length()).sum();
        }
    }

    private static long residentMib(final String name) throws IOException {
        for (final String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return -1;
    }
}
