package io.tendon.deploy.it;

import java.io.IOException;

/** A command of the system, such as mount. */
final class Tool {
    private Tool() {}

    /** Runs it to its end; its exit code, -1 when there is no such command. */
    static int exitCode(final String... command) {
        try {
            return new ProcessBuilder(command)
                    .inheritIO()
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
        } catch (final IOException e) {
            return -1;
        }
    }
}
