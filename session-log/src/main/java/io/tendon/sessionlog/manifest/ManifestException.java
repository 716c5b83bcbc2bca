package io.tendon.sessionlog.manifest;

import java.io.Serial;

/** A manifest file that is missing, damaged or of another version. The message says which, and the file. */
public final class ManifestException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Why it cannot be read. */
    private final Kind kind;

    /** Why a manifest cannot be read. */
    public enum Kind {
        /** There is no file. */
        MISSING,
        /** It is not what was written, or the disk does not give it out. */
        DAMAGED,
        /** It is whole, and a younger build has written it: only that one may change it. */
        YOUNGER
    }

    /**
     * With what is wrong.
     *
     * @param kind of it.
     * @param message for a person: file, what, rule.
     */
    public ManifestException(final Kind kind, final String message) {
        super(message);
        this.kind = kind;
    }

    /** Why it cannot be read. */
    public Kind kind() {
        return kind;
    }
}
