package io.tendon.bus.config;

/** A command that could not do what it was asked: one line for the person, and the exit code. */
public class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Exit code of the process. */
    private final int exitCode;

    /**
     * Says what went wrong and what to do.
     *
     * @param message one line.
     * @param exitCode 1 for a failure, 3 for a safety stop.
     */
    public CommandFailure(final String message, final int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /**
     * Says what went wrong and what to do; exit code 1.
     *
     * @param message one line.
     */
    public CommandFailure(final String message) {
        this(message, NodeCommand.EXIT_FAILURE);
    }

    /** Exit code of the process. */
    public final int exitCode() {
        return exitCode;
    }
}
