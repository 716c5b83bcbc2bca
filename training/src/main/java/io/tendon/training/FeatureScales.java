package io.tendon.training;

import io.tendon.fusion.inference.InputField;
import java.util.Arrays;
import java.util.List;

/** Where each feature lies, and how far it spreads. Immutable; any thread. */
final class FeatureScales {
    /** Of a feature that never changes: far below what any sensor resolves. */
    private static final double LEAST = 1e-6;
    /** A joint that stands in all sessions is looked at this much more sharply than the one that moves most, not at will. */
    private static final double LEAST_SHARE = 0.05;

    private final double[] offsets;
    private final double[] scales;

    private FeatureScales(final double[] offsets, final double[] scales) {
        this.offsets = offsets;
        this.scales = scales;
    }

    /**
     * Those of rows.
     *
     * @param rows at least one.
     * @param fields that their numbers belong to.
     */
    static FeatureScales of(final List<TrainingRow> rows, final List<InputField> fields) {
        final int elements = rows.get(0).elements();
        final double[] offsets = new double[elements];
        final double[] scales = new double[elements];
        for (int i = 0; i < elements; i++) {
            double sum = 0;
            for (final TrainingRow row : rows) {
                sum += row.feature(i);
            }
            offsets[i] = (float) (sum / rows.size());
            double squares = 0;
            for (final TrainingRow row : rows) {
                final double distance = row.feature(i) - offsets[i];
                squares += distance * distance;
            }
            scales[i] = (float) Math.max(LEAST, Math.sqrt(squares / rows.size()));
        }
        int from = 0;
        for (final InputField field : fields) {
            final int to = from + field.elements();
            final double widest = Arrays.stream(scales, from, to).max().orElse(LEAST);
            for (int i = from; i < to; i++) {
                scales[i] = (float) Math.max(scales[i], LEAST_SHARE * widest);
            }
            from = to;
        }
        return new FeatureScales(offsets, scales);
    }

    /** How many features there are. */
    int elements() {
        return offsets.length;
    }

    /** Mean of feature {@code i}, in its unit. */
    double offset(final int i) {
        return offsets[i];
    }

    /** Standard deviation of feature {@code i}, in its unit, above 0. */
    double scale(final int i) {
        return scales[i];
    }

    /** A row as the model sees it. */
    float[] scaled(final TrainingRow row) {
        final float[] scaled = new float[offsets.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) ((row.feature(i) - offsets[i]) / scales[i]);
        }
        return scaled;
    }
}
