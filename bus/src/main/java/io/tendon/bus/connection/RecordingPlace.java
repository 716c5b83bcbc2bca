package io.tendon.bus.connection;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
        final Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (Writer writer = Files.newBufferedWriter(temporary)) {
                values.store(writer, null);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads it.
     *
     * @param file of the robot.
     * @param sessionName that is looked for.
     * @return the place; empty when that session is not recorded, or not yet.
     */
    public static Optional<RecordingPlace> read(final Path file, final String sessionName) {
        final Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            values.load(reader);
            return Optional.of(new RecordingPlace(
                            values.getProperty(SESSION_KEY, ""), Path.of(values.getProperty(DATA_KEY, ""))))
                    .filter(place -> place.sessionName.equals(sessionName));
        } catch (final IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
