package io.tendon.persistence.recording;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Brings what was written into a file, or the names in a directory, to the device. */
@FunctionalInterface
interface FileFlush {
    /** By fdatasync of files, fsync of directories. */
    FileFlush DEVICE = file -> {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            try {
                channel.force(Files.isDirectory(file));
            } catch (final IOException e) {
                throw new FailedException(file, e);
            }
        }
    };

    /**
     * Flushes.
     *
     * @param file or directory.
     * @throws FailedException when the device did not take it.
     * @throws IOException when it cannot be opened, so that nothing is known.
     */
    void force(Path file) throws IOException;

    /** The device did not take what was written, and the kernel may have dropped it. */
    final class FailedException extends IOException {
        private static final long serialVersionUID = 1;

        FailedException(final Path file, final IOException cause) {
            super(
                    file + ": could not be flushed (" + cause.getMessage()
                            + "); nothing more of it counts as durable: check the device, and look into the recording"
                            + " with persistence-node verify",
                    cause);
        }
    }
}
