package io.tendon.store.vector;

/**
 * The best of many, ordered: most similar first, of equals the earlier record. Fixed room, no allocation as it is filled.
 * One owner thread.
 */
final class TopMatches {
    private final float[] similarities;
    private final long[] records;
    private int size;

    TopMatches(final int k) {
        similarities = new float[k];
        records = new long[k];
    }

    /** Takes it in if it is among the best. */
    void offer(final long record, final float similarity) {
        if (size == similarities.length && !isBetter(similarity, record, size - 1)) {
            return;
        }
        int place = size < similarities.length ? size++ : size - 1;
        while (place > 0 && isBetter(similarity, record, place - 1)) {
            similarities[place] = similarities[place - 1];
            records[place] = records[place - 1];
            place--;
        }
        similarities[place] = similarity;
        records[place] = record;
    }

    int size() {
        return size;
    }

    long record(final int rank) {
        return records[rank];
    }

    float similarity(final int rank) {
        return similarities[rank];
    }

    private boolean isBetter(final float similarity, final long record, final int place) {
        return similarity > similarities[place] || (similarity == similarities[place] && record < records[place]);
    }
}
