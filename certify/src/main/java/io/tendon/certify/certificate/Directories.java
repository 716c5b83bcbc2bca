package io.tendon.certify.certificate;

import io.tendon.bus.config.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories of a certificate. Any thread. */
final class Directories {
    private Directories() {}

    /**
     * Makes one, and those above it.
     *
     * @throws CommandFailure when it cannot be made.
     */
    static void make(final Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (final IOException e) {
            throw new CommandFailure(
                    directory + ": cannot be made (" + e + "); check its rights, or name another place with --data");
        }
    }
}
