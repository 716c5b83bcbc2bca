package io.tendon.sessionlog;

import java.io.Serial;

/** There is no session, or not exactly one, that fits what was asked for. The message says what there is. */
public final class SessionNotFoundException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * With what is wrong.
     *
     * @param message for a person: what was asked for, what there is, remedy.
     */
    public SessionNotFoundException(final String message) {
        super(message);
    }
}
