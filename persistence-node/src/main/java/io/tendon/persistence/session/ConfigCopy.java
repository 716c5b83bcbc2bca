package io.tendon.persistence.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Copies configuration into a session, so that a recording can be understood when the installation has moved on. */
final class ConfigCopy {
    /** A configuration file is text; what is longer is something else. */
    private static final long MAX_FILE_BYTES = 1 << 20;

    private static final int MAX_DEPTH = 3;

    private ConfigCopy() {}

    /**
     * Copies the files of a directory tree.
     *
     * @param from directory; when it is none, nothing is copied.
     * @param to directory, made when needed.
     */
    static void copy(final Path from, final Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        final List<Path> files;
        try (Stream<Path> tree = Files.walk(from, MAX_DEPTH)) {
            files = tree.filter(Files::isRegularFile).toList();
        }
        for (final Path file : files) {
            if (Files.size(file) <= MAX_FILE_BYTES) {
                final Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.resolveSibling(""));
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
