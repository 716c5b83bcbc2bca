package io.tendon.sessionlog.verify;

import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.CatalogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether the bytes of an archive's catalog are those that the archive wrote. What is wrong in it need not show in what is
 * read by it, such as a time; and what does would be called a damage of the frames. Stateless; any thread.
 */
final class CatalogCheck {
    private static final String REMEDY =
            "; frames may be called damaged for it that are sound: `persistence-node repair` makes it again";

    private CatalogCheck() {}

    /**
     * Holds a catalog against its checksums. One that is gone is told of elsewhere.
     *
     * @param archiveDir of a session that nobody records.
     * @param log takes the findings.
     */
    static void note(final Path archiveDir, final FindingLog log) {
        final Path file = archiveDir.resolve(ArchiveCatalog.FILE_NAME);
        if (!Files.isRegularFile(file)) {
            return;
        }
        try {
            final CatalogFile.Content content = CatalogFile.read(archiveDir);
            if (!content.fault().isEmpty()) {
                log.add(Finding.ofSession(FindingKind.REPLACED_FILE, file + ": " + content.fault() + REMEDY));
            }
            for (final CatalogFile.Entry entry : content.entries()) {
                final String recording = "recording " + entry.recording().recordingId();
                if (!entry.isSealed()) {
                    log.add(Finding.ofSession(
                            FindingKind.REPLACED_FILE,
                            file + ": what it says of " + recording + " does not fit its CRC32C" + REMEDY));
                } else if (!entry.isValid()) {
                    log.add(Finding.ofSession(
                            FindingKind.REPLACED_FILE, file + ": says that " + recording + " is not there" + REMEDY));
                }
            }
        } catch (final IOException e) {
            log.add(Finding.ofSession(FindingKind.MISSING_FILES, file + ": cannot be read: " + e));
        }
    }
}
