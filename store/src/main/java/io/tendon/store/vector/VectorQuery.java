package io.tendon.store.vector;

import java.util.Set;

/** What is looked for: the nearest to a point in a model's space. Immutable; any thread. */
public final class VectorQuery {
    private final String model;
    private final float[] vector;
    private final int k;
    private final Set<String> sessions;
    private final VectorFilter filter;

    /**
     * A question.
     *
     * @param model in whose space the point lies.
     * @param vector the point; of any length but 0, it is brought to length 1.
     * @param k most matches to give, from 1.
     * @param sessions to look in; all when empty.
     * @param filter which vectors come into question.
     * @throws IllegalArgumentException when k is less than 1, or the vector has no direction.
     */
    public VectorQuery(
            final String model,
            final float[] vector,
            final int k,
            final Set<String> sessions,
            final VectorFilter filter) {
        this.model = model;
        this.vector = vector.clone();
        this.k = k;
        this.sessions = Set.copyOf(sessions);
        this.filter = filter;
        if (k < 1) {
            throw new IllegalArgumentException("k=" + k + ": must be 1 or more");
        }
        if (!UnitVector.normalise(this.vector)) {
            throw new IllegalArgumentException(
                    "a vector without direction is near to nothing; give one that is finite" + " and not all zero");
        }
    }

    /** In whose space it lies. */
    public String model() {
        return model;
    }

    /** Most matches to give. */
    public int k() {
        return k;
    }

    /** Which vectors come into question. */
    public VectorFilter filter() {
        return filter;
    }

    /** The same with another bound on the matches. */
    public VectorQuery withK(final int otherK) {
        return new VectorQuery(model, vector, otherK, sessions, filter);
    }

    /** The same with another filter. */
    VectorQuery withFilter(final VectorFilter otherFilter) {
        return new VectorQuery(model, vector, k, sessions, otherFilter);
    }

    /** Of length 1; not to be written to. */
    float[] vector() {
        return vector;
    }

    boolean looksIn(final String session) {
        return sessions.isEmpty() || sessions.contains(session);
    }
}
