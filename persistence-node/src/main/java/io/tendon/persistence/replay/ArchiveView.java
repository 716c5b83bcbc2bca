package io.tendon.persistence.replay;

import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.IoUtil;

/**
 * A session's archive as an archive of our own may open it: links to the recorded files, and a catalog made anew in which
 * every recording has an end. So a replay writes nothing into the session, which may be one that was interrupted, that
 * has lost its catalog, that may only be read, or that is being recorded at this moment; of that one the view holds what
 * was recorded when it was made. Main thread.
 *
 * <pre>
 *   DIRECTORY/
 *     archive.catalog      made by {@link ViewCatalog}
 *     0-0.rec ...          symbolic links to the session's archive
 *     mark/                the archive's mark file
 * </pre>
 */
final class ArchiveView implements AutoCloseable {
    private final Path directory;
    private final Path archiveDir;
    private final List<RecordingDescriptor> recordings;

    private ArchiveView(final Path directory, final Path archiveDir, final List<RecordingDescriptor> recordings) {
        this.directory = directory;
        this.archiveDir = archiveDir;
        this.recordings = List.copyOf(recordings);
    }

    /**
     * Makes the view.
     *
     * @param directory to make it in; what stands there is deleted.
     * @param archiveDir of the session; only read.
     * @param recordings to show, in the order of their ids; empty ones are left out.
     * @return the view, deleted when it is closed.
     * @throws IOException when the directory cannot be written.
     */
    static ArchiveView create(final Path directory, final Path archiveDir, final List<RecordingDescriptor> recordings)
            throws IOException {
        IoUtil.delete(directory.toFile(), true);
        Files.createDirectories(directory);
        final List<RecordingDescriptor> shown = new ArrayList<>();
        for (final RecordingDescriptor recording : recordings) {
            final RecordingDescriptor ended = recording.isOpen()
                    ? recording.endedAt(RecordingEnd.find(archiveDir, recording).position())
                    : recording;
            if (ended.stopPosition() > ended.startPosition()) {
                shown.add(ended);
                link(directory, archiveDir, ended);
            }
        }
        ViewCatalog.write(directory, shown);
        return new ArchiveView(directory, archiveDir, shown);
    }

    /** Directory for the archive. */
    Path directory() {
        return directory;
    }

    /** Directory of the session's own archive. */
    Path archiveDir() {
        return archiveDir;
    }

    /** Recordings that can be replayed, each with its end, in the order of their ids. */
    List<RecordingDescriptor> recordings() {
        return recordings;
    }

    @Override
    public void close() {
        IoUtil.delete(directory.toFile(), true);
    }

    private static void link(final Path directory, final Path archiveDir, final RecordingDescriptor recording)
            throws IOException {
        long basePosition = recording.segmentBasePosition(recording.startPosition());
        while (basePosition < recording.stopPosition()) {
            final Path segment = recording.segmentFile(archiveDir, basePosition);
            if (Files.isReadable(segment)) {
                Files.createSymbolicLink(recording.segmentFile(directory, basePosition), segment.toAbsolutePath());
            }
            basePosition += recording.segmentLengthBytes();
        }
    }
}
