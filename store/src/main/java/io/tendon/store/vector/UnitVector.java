package io.tendon.store.vector;

/** Arithmetic of vectors of length 1, whose cosine is their product. Any thread. */
final class UnitVector {
    private UnitVector() {}

    /**
     * Brings a vector to length 1.
     *
     * @param vector that is changed.
     * @return false when it has no direction: all zero, or an element that is not finite. It is not changed then.
     */
    static boolean normalise(final float[] vector) {
        double squares = 0;
        for (final float element : vector) {
            squares += (double) element * element;
        }
        final double length = Math.sqrt(squares);
        if (!(length > 0) || !Double.isFinite(length)) {
            return false;
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return true;
    }

    /** Product of two vectors of one dimension; four sums, so that the processor need not wait for one. */
    static float dot(final float[] a, final float[] b) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            sum0 += a[i] * b[i];
            sum1 += a[i + 1] * b[i + 1];
            sum2 += a[i + 2] * b[i + 2];
            sum3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            sum0 += a[i] * b[i];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }
}
