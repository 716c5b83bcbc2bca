package io.tendon.certify.certificate;

import io.tendon.bus.config.CommandFailure;
import io.tendon.certify.fault.ClockStep;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a robot has to be started with so that its wall clock can be stepped without touching the machine's: Debian's
 * libfaketime, told by a file.
 */
final class SteppableClock {
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String LIBRARY = "faketime/libfaketime.so.1";

    private SteppableClock() {}

    /**
     * The environment.
     *
     * @param offsetFile to be made, which says how far the clock is off.
     * @return empty when libfaketime is not installed.
     */
    static Optional<Map<String, String>> environment(final Path offsetFile) {
        return library().map(library -> {
            try {
                Files.writeString(offsetFile, "+0\n");
            } catch (final IOException e) {
                throw new CommandFailure(offsetFile + ": cannot be written (" + e.getMessage() + ")");
            }
            return ClockStep.environment(library, offsetFile);
        });
    }

    private static Optional<Path> library() {
        try (DirectoryStream<Path> architectures = Files.newDirectoryStream(LIBRARIES, "*-linux-gnu*")) {
            for (final Path architecture : architectures) {
                if (Files.isReadable(architecture.resolve(LIBRARY))) {
                    return Optional.of(architecture.resolve(LIBRARY));
                }
            }
        } catch (final IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}
