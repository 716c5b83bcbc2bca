package io.tendon.persistence.replay;

import io.tendon.sessionlog.recording.CatalogFile;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
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
 *     archive.catalog      made by {@link CatalogFile}
 *     0-0.rec ...          symbolic links to the session's archive; what is left of a recording behind deleted segments
 *                          has a number of its own
 *     mark/                the archive's mark file
 * </pre>
 */
final class ArchiveView implements AutoCloseable {
    private final Path directory;
    private final List<RecordingDescriptor> recordings;

    private ArchiveView(final Path directory, final List<RecordingDescriptor> recordings) {
        this.directory = directory;
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
        long nextId = 1
                + recordings.stream()
                        .mapToLong(RecordingDescriptor::recordingId)
                        .max()
                        .orElse(0);
        for (final RecordingDescriptor recording : recordings) {
            final RecordingDescriptor ended = recording.isOpen()
                    ? recording.endedAt(RecordingEnd.find(archiveDir, recording).position())
                    : recording;
            // The archive knows no holes: what is left between deleted segments are recordings by themselves.
            long id = ended.recordingId();
            long position = ended.behindPurged(ended.startPosition());
            while (position < ended.stopPosition()) {
                final long end = endOfPart(ended, position);
                final RecordingDescriptor part = ended.part(id, position, end);
                shown.add(part);
                link(directory, archiveDir, ended.recordingId(), part);
                id = nextId++;
                position = ended.behindPurged(end);
            }
        }
        shown.sort(Comparator.comparingLong(RecordingDescriptor::recordingId));
        CatalogFile.write(directory, shown);
        return new ArchiveView(directory, shown);
    }

    /** Directory for the archive. */
    Path directory() {
        return directory;
    }

    /** Recordings that can be replayed, each with its end, in the order of their ids. */
    List<RecordingDescriptor> recordings() {
        return recordings;
    }

    @Override
    public void close() {
        IoUtil.delete(directory.toFile(), true);
    }

    private static long endOfPart(final RecordingDescriptor recording, final long position) {
        return recording.purged().stream()
                .mapToLong(PurgedSegment::fromPosition)
                .filter(from -> from > position)
                .min()
                .stream()
                .map(from -> Math.min(from, recording.stopPosition()))
                .findFirst()
                .orElse(recording.stopPosition());
    }

    private static void link(
            final Path directory, final Path archiveDir, final long recordedId, final RecordingDescriptor recording)
            throws IOException {
        long basePosition = recording.segmentBasePosition(recording.startPosition());
        while (basePosition < recording.stopPosition()) {
            final Path segment = archiveDir.resolve(recordedId + "-" + basePosition + ".rec");
            if (Files.isReadable(segment)) {
                Files.createSymbolicLink(recording.segmentFile(directory, basePosition), segment.toAbsolutePath());
            }
            basePosition += recording.segmentLengthBytes();
        }
    }
}
