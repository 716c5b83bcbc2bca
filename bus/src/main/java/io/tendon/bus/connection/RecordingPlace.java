package io.tendon.bus.connection;

import io.tendon.bus.config.PropertiesFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a session is recorded: written by the recorder, so that a tool which is told only the robot's name finds what was
 * said. Immutable; any thread.
 *
 * @param sessionName the session that is recorded there.
 * @param dataDirectory of all sessions, absolute.
 */
public record RecordingPlace(String sessionName, Path dataDirectory) {
    private static final String SESSION_KEY = "session";
    private static final String DATA_KEY = "data";

    /** Writes it, all or nothing. */
    public void write(final Path file) {
        final Properties values = new Properties();
        values.setProperty(SESSION_KEY, sessionName);
        values.setProperty(DATA_KEY, dataDirectory.toAbsolutePath().toString());
        PropertiesFile.write(values, file);
    }

    /**
     * Reads it.
     *
     * @param file of the robot.
     * @param sessionName that is looked for.
     * @return the place; empty when that session is not recorded, or not yet.
     */
    public static Optional<RecordingPlace> read(final Path file, final String sessionName) {
        try {
            final Properties values = PropertiesFile.read(file);
            return Optional.of(new RecordingPlace(
                            values.getProperty(SESSION_KEY, ""), Path.of(values.getProperty(DATA_KEY, ""))))
                    .filter(place -> place.sessionName.equals(sessionName));
        } catch (final IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
