package io.tendon.persistence.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The archive's mark file. While the archive runs it stands in memory, and a link file in the archive's directory says
 * where; afterwards it is kept beside the recordings, since Aeron's own ArchiveTool reads nothing without it and memory
 * does not outlive the machine. Main thread.
 */
final class ArchiveMark {
    private static final String FILE_NAME = "archive-mark.dat";
    private static final String LINK_NAME = "archive-mark.lnk";

    private final Path file;
    private final Path link;
    private final Path kept;

    ArchiveMark(final Path markDirectory, final Path archiveDir) {
        this.file = markDirectory.resolve(FILE_NAME);
        this.link = archiveDir.resolve(LINK_NAME);
        this.kept = archiveDir.resolve(FILE_NAME);
    }

    /** Removes what an archive before has left: its mark would keep a new one from starting for 10 s. */
    void clear() {
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.deleteIfExists(file);
            Files.deleteIfExists(kept);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Puts a copy beside the recordings while the archive runs, for the case that it does not end in order and memory is
     * lost. Aeron's tools take it once the link file is deleted.
     */
    void copy() {
        try {
            Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts it beside the recordings for good, once the archive is closed. */
    void keep() {
        try {
            if (Files.exists(file)) {
                replace();
                Files.delete(file);
                Files.deleteIfExists(link);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On a full disk the copy made at the start stays. */
    private void replace() throws IOException {
        final Path temporary = kept.resolveSibling(FILE_NAME + ".tmp");
        try {
            Files.copy(file, temporary, StandardCopyOption.REPLACE_EXISTING);
            Files.move(temporary, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            Files.deleteIfExists(temporary);
            if (!Files.exists(kept)) {
                throw e;
            }
        }
    }
}
