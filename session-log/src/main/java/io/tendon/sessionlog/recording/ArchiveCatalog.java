package io.tendon.sessionlog.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The recordings that an archive directory holds, read from its catalog file; the archive may be running. Who reads a
 * session whose catalog may be damaged takes an {@link ArchiveListing}. Any thread.
 */
public final class ArchiveCatalog {
    /** Name of the catalog in an archive's directory. */
    public static final String FILE_NAME = "archive.catalog";

    private ArchiveCatalog() {}

    /**
     * Lists the recordings.
     *
     * @param archiveDir of an Aeron archive.
     * @return in the order of their ids; empty when there is no catalog yet.
     * @throws UncheckedIOException when the disk refuses.
     */
    public static List<RecordingDescriptor> recordings(final Path archiveDir) {
        return recordings(archiveDir, new PurgeLedger(archiveDir));
    }

    /**
     * Lists the recordings again and again.
     *
     * @param archiveDir of an Aeron archive.
     * @param ledger of the same, of which only what was added is read.
     * @return in the order of their ids; empty when there is no catalog yet.
     * @throws UncheckedIOException when the disk refuses.
     */
    public static List<RecordingDescriptor> recordings(final Path archiveDir, final PurgeLedger ledger) {
        final List<RecordingDescriptor> recordings = new ArrayList<>();
        if (!Files.isRegularFile(archiveDir.resolve(FILE_NAME))) {
            return recordings;
        }
        final List<PurgedSegment> purged = ledger.segments();
        try {
            // Not Aeron's CatalogView, which takes a damaged length of a text for the memory that it needs.
            for (final CatalogFile.Entry entry : CatalogFile.read(archiveDir).entries()) {
                if (entry.isValid()) {
                    recordings.add(entry.recording().without(purged));
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(archiveDir.resolve(FILE_NAME) + ": " + e.getMessage(), e);
        }
        recordings.sort(Comparator.comparingLong(RecordingDescriptor::recordingId));
        return recordings;
    }
}
