package io.tendon.bus.config;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/** Properties that one process leaves for others in a file, UTF-8. Any thread; one writer a file. */
public final class PropertiesFile {
    private PropertiesFile() {}

    /**
     * Writes them, all or nothing: a reader finds the old file or the new one.
     *
     * @param values to write.
     * @param file whose directory is there.
     */
    public static void write(final Properties values, final Path file) {
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
     * Reads them.
     *
     * @param file that was written.
     * @return the values.
     * @throws IOException when it is not there or cannot be read.
     */
    public static Properties read(final Path file) throws IOException {
        final Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            values.load(reader);
        }
        return values;
    }
}
