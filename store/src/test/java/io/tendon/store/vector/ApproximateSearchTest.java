package io.tendon.store.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.schemas.EmbeddingKind;
import io.tendon.sessionlog.recording.TimeRange;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The graph against comparing with each. */
class ApproximateSearchTest {
    private static final long SEED = 11;
    private static final int DIMENSION = 384;
    /** Two blocks, and a remainder that is in no graph. */
    private static final int RECORDS = 2 * ApproximateDescriptor.BLOCK_RECORDS + 1_000;

    private static final int QUESTIONS = 100;

    @TempDir
    private Path dir;

    private final List<String> notices = new ArrayList<>();
    private final TestVectors source = new TestVectors(SEED, DIMENSION, RECORDS);
    private VectorFile file;

    @BeforeEach
    void write() {
        final List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            vectors.add(source.next());
        }
        file = TestVectors.write(dir, "m", DIMENSION, vectors);
        build(file);
    }

    @Test
    void shouldFindNearlyAllOfTheNearestAndForgetNothingThatIsInNoGraph() {
        try (SearchableVectors vectors = SearchableVectors.open(file)) {
            assertThat(vectors.coveredRecords()).isEqualTo(2L * ApproximateDescriptor.BLOCK_RECORDS);
            assertThat(recall(vectors, VectorFilter.ALL)).as("seed %d", SEED).isGreaterThanOrEqualTo(0.98);
            final float[] last = file.vector(RECORDS - 1).orElseThrow();
            assertThat(vectors.search(new VectorQuery("m", last, 1, Set.of(), VectorFilter.ALL), notices::add)
                            .record(0))
                    .isEqualTo(RECORDS - 1);

            final RecallFigures figures = RecallFigures.measure(vectors, QUESTIONS, SEED, notices::add);
            assertThat(figures.samples()).isEqualTo(QUESTIONS);
            assertThat(figures.recall()).isBetween(0.98, 1.0);
        }
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldFilterInTheSameCall() {
        final TimeRange third = new TimeRange(
                TestVectors.START_NS + RECORDS / 3 * TestVectors.PERIOD_NS,
                TestVectors.START_NS + RECORDS * 2L / 3 * TestVectors.PERIOD_NS);
        try (SearchableVectors vectors = SearchableVectors.open(file)) {
            for (final VectorFilter filter : List.of(
                    new VectorFilter(third, null, null, null),
                    new VectorFilter(TimeRange.ALL, "mug", null, null),
                    new VectorFilter(TimeRange.ALL, null, EmbeddingKind.EVENT, null),
                    new VectorFilter(TimeRange.ALL, null, null, third),
                    new VectorFilter(third, "Schlüssel", EmbeddingKind.OBJECT, null))) {
                // That all fit is in it: nothing counts that comparing with each, filtered, has not found.
                assertThat(recall(vectors, filter))
                        .as("seed %d, %s", SEED, filter)
                        .isGreaterThanOrEqualTo(0.98);
            }
        }
    }

    @Test
    void shouldAnswerTheSameWhenTheGraphWasDeletedAndBuiltAgain() throws IOException {
        final List<Long> before = answers();
        final Path graph = VectorDirectory.graphOf(file.path());
        try (Stream<Path> parts = Files.list(graph)) {
            for (final Path part : parts.toList()) {
                Files.delete(part);
            }
        }
        Files.delete(graph);
        try (SearchableVectors vectors = SearchableVectors.open(file)) {
            assertThat(vectors.coveredRecords()).isZero();
            assertThat(recall(vectors, VectorFilter.ALL)).isEqualTo(1);
        }
        build(file);

        assertThat(answers()).isEqualTo(before);
    }

    @Test
    void shouldBuildTheGraphAgainWhenItIsDamagedOrOfRecordsThatWereCutOff() throws IOException {
        final Path graph = VectorDirectory.graphOf(file.path());
        try (Stream<Path> parts = Files.list(graph)) {
            for (final Path part : parts.filter(
                            path -> path.getFileName().toString().startsWith("segments_"))
                    .toList()) {
                final byte[] bytes = Files.readAllBytes(part);
                bytes[bytes.length / 2] ^= 0x10;
                Files.write(part, bytes);
            }
        }
        try (SearchableVectors vectors = SearchableVectors.open(file)) {
            assertThat(vectors.coveredRecords()).isZero();
        }
        build(file);
        assertThat(notices).singleElement().asString().contains("deleted, and built again");

        final int left = ApproximateDescriptor.BLOCK_RECORDS + 10;
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
            channel.truncate(file.header().recordOffset(left));
        }
        final VectorFile cut = VectorFile.open(file.path());
        try (SearchableVectors vectors = SearchableVectors.open(cut)) {
            assertThat(vectors.coveredRecords()).isZero();
        }
        build(cut);
        assertThat(notices).hasSize(2);
        try (SearchableVectors vectors = SearchableVectors.open(cut)) {
            assertThat(vectors.coveredRecords()).isEqualTo(ApproximateDescriptor.BLOCK_RECORDS);
        }
    }

    private void build(final VectorFile of) {
        try (ApproximateWriter graph = ApproximateWriter.open(of, notices::add)) {
            while (graph.advance(of, 1_000) > 0) {
                // A little at a time.
            }
        }
    }

    private List<Long> answers() {
        final TestVectors asking = new TestVectors(SEED, DIMENSION, RECORDS);
        final List<Long> records = new ArrayList<>();
        try (SearchableVectors vectors = SearchableVectors.open(file)) {
            for (int i = 0; i < 20; i++) {
                final TopMatches top = vectors.search(
                        new VectorQuery("m", asking.next(), 10, Set.of(), VectorFilter.ALL), notices::add);
                for (int rank = 0; rank < top.size(); rank++) {
                    records.add(top.record(rank));
                }
            }
        }
        return records;
    }

    private double recall(final SearchableVectors vectors, final VectorFilter filter) {
        int wanted = 0;
        int found = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            final VectorQuery query = new VectorQuery("m", source.next(), 10, Set.of(), filter);
            final TopMatches exact = vectors.searchExactly(query, notices::add);
            final TopMatches graph = vectors.search(query, notices::add);
            assertThat(graph.size()).isEqualTo(exact.size());
            wanted += exact.size();
            for (int rank = 0; rank < graph.size(); rank++) {
                for (int other = 0; other < exact.size(); other++) {
                    found += graph.record(rank) == exact.record(other) ? 1 : 0;
                }
            }
        }
        assertThat(wanted).isPositive();
        return (double) found / wanted;
    }
}
