package io.tendon.store.vector;

import org.jspecify.annotations.Nullable;

/** Where the vectors of a file come from. */
public enum VectorOrigin {
    /** Embedding messages of the recording. */
    RECORDED(0),
    /** Computed from the recording afterwards; they are in no log. */
    DERIVED(1);

    private final int number;

    VectorOrigin(final int number) {
        this.number = number;
    }

    /** As it stands in the file. */
    int number() {
        return number;
    }

    /** The one with that number in the file, or null. */
    static @Nullable VectorOrigin of(final int number) {
        for (final VectorOrigin origin : values()) {
            if (origin.number == number) {
                return origin;
            }
        }
        return null;
    }
}
