package io.tendon.store.vector;

import io.tendon.sessionlog.SessionDirectory;
import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Where the parts of a session's vectors stand; the package draws it.
 *
 * @param root directory of all of them.
 */
public record VectorDirectory(Path root) {
    /** Name of {@link #root} among the indices of a session. */
    public static final String NAME = "vectors";

    private static final int MAX_NAME_CHARS = 64;

    /** Of a session. */
    public static VectorDirectory of(final SessionDirectory session) {
        return in(indexOf(session));
    }

    /** Directory of all indices of a session. */
    static Path indexOf(final SessionDirectory session) {
        return session.root().resolve("index");
    }

    /** Among the indices of a session. */
    public static VectorDirectory in(final Path indexDirectory) {
        return new VectorDirectory(indexDirectory.resolve(NAME));
    }

    /** Held by who appends. */
    Path lock() {
        return root.resolve("lock");
    }

    /** How far the log was taken in. */
    Path logPositions() {
        return root.resolve("log-positions");
    }

    /** Directory of what was computed from the recording afterwards. */
    public Path derived() {
        return root.resolve("derived");
    }

    /** File of a model's vectors. The model's checksum keeps names apart that differ in what a file's name cannot have. */
    public Path file(final String model, final VectorOrigin origin) {
        final CRC32C crc = new CRC32C();
        crc.update(model.getBytes(StandardCharsets.UTF_8));
        final String readable = model.replaceAll("[^A-Za-z0-9._-]", "_");
        final String name = readable.substring(0, Math.min(readable.length(), MAX_NAME_CHARS))
                + String.format(Locale.ROOT, "-%08x", crc.getValue())
                + VectorFileDescriptor.EXTENSION;
        return directory(origin).resolve(name);
    }

    /** Files of that origin, by name; none when there is no directory. */
    List<Path> files(final VectorOrigin origin) {
        final Path directory = directory(origin);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(path -> path.toString().endsWith(VectorFileDescriptor.EXTENSION))
                    .sorted()
                    .toList();
        } catch (final IOException e) {
            throw new StoreException(directory + ": cannot be read (" + e + "); check its rights", e);
        }
    }

    /** Directory of the graph over a file. */
    static Path graphOf(final Path file) {
        final String name = String.valueOf(file.getFileName());
        return file.resolveSibling(name.substring(0, name.length() - VectorFileDescriptor.EXTENSION.length())
                + ApproximateDescriptor.EXTENSION);
    }

    private Path directory(final VectorOrigin origin) {
        return origin == VectorOrigin.RECORDED ? root : derived();
    }
}
