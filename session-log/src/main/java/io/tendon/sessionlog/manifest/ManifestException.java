package io.tendon.sessionlog.manifest;

import java.io.Serial;

/** A manifest file that is missing, damaged or of another version. The message says which, and the file. */
public final class ManifestException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * With what is wrong.
     *
     * @param message for a person: file, what, rule.
     */
    public ManifestException(final String message) {
        super(message);
    }
}
