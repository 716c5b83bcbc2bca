package io.tendon.store;

import io.tendon.bus.config.CommandFailure;
import java.io.Serial;

/** An index cannot be written or read; its text is for a person and says what to do. The recording is not concerned. */
public final class StoreException extends CommandFailure {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * What went wrong.
     *
     * @param message what, why, and what to do.
     */
    public StoreException(final String message) {
        super(message);
    }

    /**
     * What went wrong below.
     *
     * @param message what, why, and what to do.
     * @param cause below.
     */
    public StoreException(final String message, final Throwable cause) {
        super(message);
        initCause(cause);
    }
}
