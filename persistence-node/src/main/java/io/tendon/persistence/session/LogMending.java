package io.tendon.persistence.session;

import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.CatalogFile;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingEnd;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes what a killed recorder has left such that the archive opens it. Cuts off what was half written. Of each recording that was
 * not stopped the last segment is read, and everything behind its last good message is made empty. The archive then
 * finds the end by itself; left alone it would take a torn frame for good, or refuse to start over a frame that crosses
 * a page. Where the end lies whole pages behind the place from which the archive looks for it, it is told where: its search then
 * checks a frame that it has not read, takes a good one for torn, or, where none stands there at all, ends the process by reading
 * memory that is not its own (Aeron 1.51, {@code Catalog.recoverStopOffset}). {@code ArchiveTool.verify} with APPLY_CHECKSUM would hide good recordings instead, since the catalog's own
 * checksum is stale after every kill. Reads one segment a recording, however long it is. Main thread.
 */
public final class LogMending {
    private static final int PAGE_BYTES = 4096;

    private LogMending() {}

    /**
     * Mends an archive that nobody has open.
     *
     * @param archiveDir of the archive.
     * @return what was cut off, one line a recording, for the log; empty when there was nothing to mend.
     * @throws IOException when the disk refuses.
     */
    public static List<String> mend(final Path archiveDir) throws IOException {
        final List<String> cuts = new ArrayList<>();
        for (final RecordingDescriptor recording : ArchiveCatalog.recordings(archiveDir)) {
            if (recording.isOpen()) {
                final RecordingEnd end = RecordingEnd.find(archiveDir, recording);
                final Path segment = recording.segmentFile(archiveDir, end.basePosition());
                if (Files.isRegularFile(segment)
                        && cut(segment, end.position() - end.basePosition(), recording.segmentLengthBytes())) {
                    cuts.add("event=log-mended recording=" + recording.recordingId() + " stream="
                            + recording.streamName() + " position=" + end.position());
                }
                final long fromPosition = Math.max(end.basePosition(), recording.startPosition());
                if ((end.position() - fromPosition) % PAGE_BYTES == 0) {
                    CatalogFile.end(
                            archiveDir,
                            recording.recordingId(),
                            end.position(),
                            Math.max(recording.startTimeMs(), System.currentTimeMillis()));
                }
            }
        }
        return cuts;
    }

    /**
     * Empties a file from an offset on; it keeps its length, which the archive relies on.
     *
     * @return whether anything stood there.
     */
    private static boolean cut(final Path segment, final long offset, final int lengthBytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            final boolean isEmptyBehind = isEmptyAt(file, offset);
            file.setLength(offset);
            file.setLength(lengthBytes);
            file.getFD().sync();
            return !isEmptyBehind;
        }
    }

    /** Looks as far as the longest frame goes. */
    private static boolean isEmptyAt(final RandomAccessFile file, final long offset) throws IOException {
        final byte[] bytes = new byte[1 << 16];
        file.seek(offset);
        final int read = file.read(bytes);
        for (int i = 0; i < read; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
