package io.tendon.training;

/** A window as the model sees it, before it is scaled. Immutable; any thread. */
final class TrainingRow {
    private final float[] features;
    private final int windowsSinceGap;
    private final long endNs;

    /**
     * A window.
     *
     * @param features in their units, in the order of the model's fields; not copied.
     * @param windowsSinceGap since the last gap, as {@link io.tendon.fusion.inference.GapWatch} counts.
     * @param endNs end of the window, ns since the epoch.
     */
    TrainingRow(final float[] features, final int windowsSinceGap, final long endNs) {
        this.features = features;
        this.windowsSinceGap = windowsSinceGap;
        this.endNs = endNs;
    }

    /** How many features there are. */
    int elements() {
        return features.length;
    }

    /** Feature {@code i}, in its unit. */
    float feature(final int i) {
        return features[i];
    }

    /** Windows since the last gap. */
    int windowsSinceGap() {
        return windowsSinceGap;
    }

    /** End of the window, ns since the epoch. */
    long endNs() {
        return endNs;
    }
}
