package io.tendon.fusion.inference;

/** How a window's score comes from what a model says. Immutable; any thread. */
public enum ScoreKind {
    /**
     * The model says its input again, as well as it can (an autoencoder); the score is the mean of the squared differences,
     * over all elements, in the scaled units that the model sees.
     */
    RECONSTRUCTION("reconstruction"),
    /** The model says one number, and that is the score. */
    OUTPUT("output");

    private final String key;

    ScoreKind(final String key) {
        this.key = key;
    }

    /** Its name in a manifest. */
    public String key() {
        return key;
    }
}
