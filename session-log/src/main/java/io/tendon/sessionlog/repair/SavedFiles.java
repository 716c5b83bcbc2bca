package io.tendon.sessionlog.repair;

import io.tendon.sessionlog.recording.DiskSteps;
import io.tendon.sessionlog.recording.DurableFiles;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * Keeps what a repair replaces, so that nothing is lost by it that a person could still read out of the bytes. A file that is
 * there with other content is left, and the new one gets a number. A copy is on the device before its name is returned. One owner thread.
 *
 * @param directory of the repairs of a session; made when it is needed.
 * @param steps is told of each change before it is made.
 */
record SavedFiles(Path directory, DiskSteps steps) {
    private static final int CHUNK_BYTES = 1 << 16;

    /**
     * Copies a file.
     *
     * @param file to copy.
     * @return name of the copy; empty when there is no such file.
     */
    String copy(final Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        steps.before("copy " + file);
        DurableFiles.createDirectory(directory);
        final Path beside = directory.resolve("copy.tmp");
        Files.copy(file, beside, StandardCopyOption.REPLACE_EXISTING);
        DurableFiles.force(beside);
        return keep(beside, String.valueOf(damaged(file).getFileName()));
    }

    /** Where the first copy of a file is, if there is one. */
    Path damaged(final Path file) {
        return directory.resolve(file.getFileName() + ".damaged");
    }

    /**
     * Copies a range of a recording as it stands in its segments, holes as holes.
     *
     * @return name of the copy; empty when nothing stands there.
     */
    String copy(
            final Path archiveDir, final RecordingDescriptor recording, final long fromPosition, final long toPosition)
            throws IOException {
        steps.before("copy " + fromPosition + " to " + toPosition + " of recording " + recording.recordingId());
        DurableFiles.createDirectory(directory);
        final Path beside = directory.resolve("copy.tmp");
        Files.deleteIfExists(beside);
        boolean isEmpty = true;
        try (RandomAccessFile target = new RandomAccessFile(beside.toFile(), "rw")) {
            target.setLength(toPosition - fromPosition);
            long position = fromPosition;
            while (position < toPosition) {
                final long base = recording.segmentBasePosition(position);
                final long end = Math.min(toPosition, base + recording.segmentLengthBytes());
                final Path segment = recording.segmentFile(archiveDir, base);
                if (Files.isRegularFile(segment)) {
                    try (RandomAccessFile source = new RandomAccessFile(segment.toFile(), "r")) {
                        isEmpty &= copy(source, position - base, end - base, target, position - fromPosition);
                    }
                }
                position = end;
            }
            target.getFD().sync();
        }
        if (isEmpty) {
            Files.delete(beside);
            return "";
        }
        return keep(beside, recording.recordingId() + "-" + fromPosition + "-" + toPosition + ".bytes");
    }

    /** Copies what is not zero; whether nothing was. */
    private static boolean copy(
            final RandomAccessFile source,
            final long fromOffset,
            final long toOffset,
            final RandomAccessFile target,
            final long targetOffset)
            throws IOException {
        final byte[] bytes = new byte[CHUNK_BYTES];
        final byte[] zeros = new byte[CHUNK_BYTES];
        boolean isEmpty = true;
        final long end = Math.min(toOffset, source.length());
        for (long offset = fromOffset; offset < end; offset += CHUNK_BYTES) {
            final int length = (int) Math.min(CHUNK_BYTES, end - offset);
            source.seek(offset);
            source.readFully(bytes, 0, length);
            if (Arrays.mismatch(bytes, 0, length, zeros, 0, length) != -1) {
                target.seek(targetOffset + offset - fromOffset);
                target.write(bytes, 0, length);
                isEmpty = false;
            }
        }
        return isEmpty;
    }

    /** Gives a copy its name, or finds that it is there already. */
    private String keep(final Path copy, final String name) throws IOException {
        String free = name;
        for (int number = 2; Files.exists(directory.resolve(free)); number++) {
            if (Files.mismatch(copy, directory.resolve(free)) == -1) {
                Files.delete(copy);
                return free;
            }
            free = name + "." + number;
        }
        steps.before("keep " + free);
        Files.move(copy, directory.resolve(free), StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.forceDirectory(directory.resolve(free));
        return free;
    }
}
