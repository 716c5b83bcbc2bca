package io.tendon.bench.store.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Vectors as models make them: in clusters, at some distance from the middle of each. Uniform ones, in which nothing is near to
 * anything, no model makes. The same seed gives the same ones. One owner thread.
 */
public final class ClusteredVectors {
    private static final int VECTORS_A_CLUSTER = 200;
    private static final int LEAST_CLUSTERS = 20;
    private static final float SPREAD = 0.5f;

    private final Random random;
    private final List<float[]> centres = new ArrayList<>();
    private final int dimension;

    /**
     * A source.
     *
     * @param seed of all of them.
     * @param dimension elements of each.
     * @param count how many will be asked for, about.
     */
    public ClusteredVectors(final long seed, final int dimension, final int count) {
        this.random = new Random(seed);
        this.dimension = dimension;
        for (int i = 0; i < Math.max(LEAST_CLUSTERS, count / VECTORS_A_CLUSTER); i++) {
            centres.add(gaussian(1));
        }
    }

    /** The next one, of length 1. */
    public float[] next() {
        final float[] centre = centres.get(random.nextInt(centres.size()));
        final float[] vector = gaussian(SPREAD);
        double squares = 0;
        for (int i = 0; i < dimension; i++) {
            vector[i] += centre[i];
            squares += (double) vector[i] * vector[i];
        }
        final double length = Math.sqrt(squares);
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return vector;
    }

    private float[] gaussian(final float scale) {
        final float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = scale * (float) random.nextGaussian();
        }
        return vector;
    }
}
