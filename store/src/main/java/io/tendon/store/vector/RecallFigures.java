package io.tendon.store.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How often a graph finds what comparing with each finds: recall@10, of vectors of the file itself taken as questions, not
 * counting the vector that asks.
 *
 * @param model whose space.
 * @param records of the file.
 * @param coveredRecords of these, how many the graph covers.
 * @param samples questions that were asked.
 * @param recall share of the ten nearest that were found, 0 to 1.
 * @param exactMedianNs time of one question that is compared with each.
 * @param approximateMedianNs time of one along the graph.
 */
public record RecallFigures(
        String model,
        long records,
        long coveredRecords,
        int samples,
        double recall,
        long exactMedianNs,
        long approximateMedianNs) {
    private static final int NEIGHBOURS = 10;

    /** Rounding of a float, so that of two that are equally near either counts. */
    private static final float ROUNDING = 1e-6f;

    /**
     * Asks.
     *
     * @param set with a graph.
     * @param sampleSize questions, from 1.
     * @param seed of the choice.
     * @param notices is told what could not be used.
     */
    static RecallFigures measure(
            final SearchableVectors set, final int sampleSize, final long seed, final Consumer<String> notices) {
        final Random random = new Random(seed);
        final List<Long> exactNs = new ArrayList<>();
        final List<Long> approximateNs = new ArrayList<>();
        long wanted = 0;
        long found = 0;
        for (int i = 0; i < sampleSize; i++) {
            final long record = (long) (random.nextDouble() * set.file().records());
            final float[] vector = set.file().vector(record).orElse(null);
            if (vector == null) {
                continue;
            }
            // One more than wanted: the vector itself is among them, most likely.
            final VectorQuery query =
                    new VectorQuery(set.file().header().model(), vector, NEIGHBOURS + 1, Set.of(), VectorFilter.ALL);
            final long startNs = System.nanoTime();
            final TopMatches exact = set.searchExactly(query, notices);
            final long middleNs = System.nanoTime();
            final TopMatches approximate = set.search(query, notices);
            exactNs.add(middleNs - startNs);
            approximateNs.add(System.nanoTime() - middleNs);
            wanted += exact.size() - 1;
            found += foundOf(exact, approximate, record);
        }
        return new RecallFigures(
                set.file().header().model(),
                set.file().records(),
                set.coveredRecords(),
                exactNs.size(),
                wanted == 0 ? 1 : (double) found / wanted,
                median(exactNs),
                median(approximateNs));
    }

    private static long foundOf(final TopMatches exact, final TopMatches approximate, final long asking) {
        if (exact.size() < 2) {
            return 0;
        }
        final float least = exact.similarity(exact.size() - 1) - ROUNDING;
        long found = 0;
        for (int rank = 0; rank < approximate.size(); rank++) {
            if (approximate.record(rank) != asking && approximate.similarity(rank) >= least) {
                found++;
            }
        }
        return Math.min(found, exact.size() - 1L);
    }

    private static long median(final List<Long> durationsNs) {
        return durationsNs.isEmpty()
                ? 0
                : durationsNs.stream().sorted().toList().get(durationsNs.size() / 2);
    }
}
