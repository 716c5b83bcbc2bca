package io.tendon.robot;

import java.io.Serial;

/**
 * A URDF that cannot be used, and why. The message reads {@code file:line: what, actual, rule; remedy}; the line is that
 * of the element at fault, 1 for what concerns the whole file.
 */
public final class UrdfException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int line;

    /**
     * Makes the message.
     *
     * @param file name or path of the file, as the user gave it.
     * @param line number in the file, from 1.
     * @param problem {@code what, actual, rule; remedy}.
     */
    public UrdfException(final String file, final int line, final String problem) {
        super(file + ":" + line + ": " + problem);
        this.line = line;
    }

    /**
     * Where in the file.
     *
     * @return line number from 1.
     */
    public int line() {
        return line;
    }
}
