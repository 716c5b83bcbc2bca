package io.tendon.bench.transport;

import io.tendon.bus.connection.RuntimeDirectory;
import java.nio.file.Path;

/**
 * Where both ends of a link meet. Immutable.
 *
 * @param robotName of a session with a media driver, for those that need one.
 * @param directory on tmpfs, for those that keep files.
 */
public record LinkPlace(String robotName, Path directory) {
    RuntimeDirectory runtime() {
        return RuntimeDirectory.of(robotName);
    }
}
