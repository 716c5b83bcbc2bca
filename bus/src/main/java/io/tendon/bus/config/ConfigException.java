package io.tendon.bus.config;

import org.jspecify.annotations.Nullable;

/** A setting that cannot be used: what, actual value, rule, remedy, on one line. Ends the start with exit code 2. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param what name of the setting.
     * @param actual its value.
     * @param rule that it breaks, beginning with "must".
     * @param remedy what to do.
     */
    public ConfigException(final String what, final Object actual, final String rule, final String remedy) {
        this(what, actual, rule, remedy, null);
    }

    /**
     * Says what is wrong, and why we know.
     *
     * @param what name of the setting.
     * @param actual its value.
     * @param rule that it breaks, beginning with "must".
     * @param remedy what to do.
     * @param cause that told us.
     */
    public ConfigException(
            final String what,
            final Object actual,
            final String rule,
            final String remedy,
            final @Nullable Throwable cause) {
        super(what + "=" + actual + ": " + rule + "; " + remedy, cause);
    }
}
