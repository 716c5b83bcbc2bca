package io.tendon.bench.store.vector;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Compares with each, in double precision: what is nearest, by definition. Any thread. */
final class Neighbours {
    /** How many are asked for. */
    static final int K = 10;

    /** So that of two that are equally near, but for the rounding of a float, either counts. */
    private static final double ROUNDING = 1e-6;

    private final double leastSimilarity;
    private final List<float[]> vectors;
    private final float[] question;

    private Neighbours(final List<float[]> vectors, final float[] question, final double leastSimilarity) {
        this.vectors = vectors;
        this.question = question;
        this.leastSimilarity = leastSimilarity;
    }

    static Neighbours of(final List<float[]> vectors, final float[] question) {
        final PriorityQueue<Double> best = new PriorityQueue<>(Comparator.naturalOrder());
        for (final float[] vector : vectors) {
            final double similarity = dot(vector, question);
            if (best.size() < K) {
                best.add(similarity);
            } else if (similarity > best.element()) {
                best.remove();
                best.add(similarity);
            }
        }
        return new Neighbours(vectors, question, best.element());
    }

    /** How many of the ten nearest are among those that were found; one that was found twice is one. */
    int among(final List<Integer> found) {
        final long near = found.stream()
                .distinct()
                .filter(number -> dot(vectors.get(number), question) >= leastSimilarity - ROUNDING)
                .count();
        return (int) Math.min(K, near);
    }

    static double dot(final float[] a, final float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
