package io.tendon.store.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.schemas.EmbeddingKind;
import io.tendon.sessionlog.recording.TimeRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches against ones so simple that they are right. */
class VectorSearchTest {
    private static final int DIMENSION = 24;
    private static final int RECORDS = 3_000;

    @TempDir
    private Path dir;

    private final List<String> notices = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldFindWhatANaiveSearchFindsWithAnyFilter(final long seed) {
        final TestVectors source = new TestVectors(seed, DIMENSION, RECORDS);
        final List<float[]> vectors = vectors(source, RECORDS);
        TestVectors.write(dir, "m", DIMENSION, vectors);
        final Random random = new Random(seed);
        try (SessionVectors session = open()) {
            for (int i = 0; i < 60; i++) {
                final VectorFilter filter = filter(random);
                final float[] asked = source.next();
                final int k = 1 + random.nextInt(20);

                assertThat(records(session.search(new VectorQuery("m", asked, k, Set.of(), filter))))
                        .as("seed %d, %s", seed, filter)
                        .isEqualTo(naive(vectors, asked, k, filter));
            }
        }
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldNeverCompareVectorsOfTwoModels() {
        final TestVectors source = new TestVectors(5, DIMENSION, 100);
        final List<float[]> one = vectors(source, 40);
        final List<float[]> other = vectors(source, 40);
        TestVectors.write(dir, "one", DIMENSION, one);
        TestVectors.write(dir, "other", DIMENSION, other);
        TestVectors.write(dir, "short", 8, vectors(new TestVectors(6, 8, 100), 40));
        try (SessionVectors session = open()) {
            final List<VectorMatch> found =
                    session.search(new VectorQuery("other", one.get(3), 100, Set.of(), VectorFilter.ALL));
            assertThat(found).hasSize(40).allMatch(match -> match.model().equals("other"));
            assertThat(session.search(new VectorQuery("short", one.get(3), 5, Set.of(), VectorFilter.ALL)))
                    .isEmpty();
            assertThat(session.search(new VectorQuery("none", one.get(3), 5, Set.of(), VectorFilter.ALL)))
                    .isEmpty();
            assertThat(session.search(new VectorQuery("one", one.get(3), 5, Set.of("s2"), VectorFilter.ALL)))
                    .isEmpty();
        }
    }

    private static VectorFilter filter(final Random random) {
        final EmbeddingKind[] kinds = {null, null, EmbeddingKind.WINDOW, EmbeddingKind.EVENT};
        final String[] labels = {null, null, "mug", "Schlüssel", "", "nobody said that"};
        return new VectorFilter(
                random.nextBoolean() ? TimeRange.ALL : range(random),
                labels[random.nextInt(labels.length)],
                kinds[random.nextInt(kinds.length)],
                random.nextBoolean() ? null : range(random));
    }

    private static TimeRange range(final Random random) {
        final long fromNs = TestVectors.START_NS + random.nextInt(RECORDS) * TestVectors.PERIOD_NS / 2;
        return new TimeRange(fromNs, fromNs + (1 + random.nextInt(RECORDS)) * TestVectors.PERIOD_NS / 2);
    }

    private static List<Integer> naive(
            final List<float[]> vectors, final float[] asked, final int k, final VectorFilter filter) {
        return IntStream.range(0, vectors.size())
                .filter(i -> fits(filter, TestVectors.entry(i)))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -cosine(asked, vectors.get(i))))
                .limit(k)
                .toList();
    }

    private static boolean fits(final VectorFilter filter, final VectorEntry entry) {
        final boolean isInRange = entry.fromNs() < filter.range().toNs()
                && entry.toNs() > filter.range().fromNs();
        final TimeRange excluded = filter.excluded();
        final boolean isExcluded =
                excluded != null && entry.fromNs() < excluded.toNs() && entry.toNs() > excluded.fromNs();
        return isInRange
                && !isExcluded
                && (filter.label() == null || Objects.equals(filter.label(), entry.label()))
                && (filter.kind() == null || filter.kind() == entry.kind());
    }

    private static double cosine(final float[] a, final float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static List<Integer> records(final List<VectorMatch> matches) {
        return matches.stream()
                .map(match -> (int) (match.entry().position() / TestVectors.RECORD_LOG_BYTES))
                .toList();
    }

    private static List<float[]> vectors(final TestVectors source, final int count) {
        final List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            vectors.add(source.next());
        }
        return vectors;
    }

    private SessionVectors open() {
        return SessionVectors.open("s1", new VectorDirectory(dir), notices::add);
    }
}
