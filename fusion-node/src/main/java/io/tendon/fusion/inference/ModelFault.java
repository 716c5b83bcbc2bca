package io.tendon.fusion.inference;

/** A model that was asked and has no score to give; the message is one line for a person. */
public final class ModelFault extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Says what went wrong.
     *
     * @param message what the model did.
     */
    public ModelFault(final String message) {
        super(message);
    }

    /**
     * Says what went wrong, and why we know.
     *
     * @param message what the model did.
     * @param cause that told us.
     */
    public ModelFault(final String message, final Throwable cause) {
        super(message, cause);
    }
}
