package io.tendon.sessionlog.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Puts whole files in their place: after a crash there is the old one or the new one. Stateless; any thread. */
public final class DurableFiles {
    private DurableFiles() {}

    /**
     * Writes a file in the place of the one before; it is on the device when this returns.
     *
     * @param file to write; its directory exists.
     * @param bytes of the whole file.
     * @throws IOException when the disk refuses.
     */
    public static void replace(final Path file, final byte[] bytes) throws IOException {
        exchange(file, bytes);
        forceDirectory(file);
    }

    /**
     * Writes a file in the place of the one before, for what is written again and again. What it holds is on the device when
     * this returns, but its name may still be that of the one before: after a power cut that may be there again, whole.
     *
     * @param file to write; its directory exists.
     * @param bytes of the whole file.
     * @throws IOException when the disk refuses.
     */
    public static void exchange(final Path file, final byte[] bytes) throws IOException {
        final Path beside = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            final ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Makes a directory, if it is not there; its name is on the device when this returns, also one that somebody else has
     * just made.
     *
     * @param directory whose parent exists.
     * @throws IOException when the disk refuses.
     */
    public static void createDirectory(final Path directory) throws IOException {
        Files.createDirectories(directory);
        forceDirectory(directory);
    }

    /**
     * Brings what a file holds to the device.
     *
     * @param file that was written.
     * @throws IOException when the disk refuses.
     */
    public static void force(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /**
     * Makes the name of a file that was made, moved or deleted durable.
     *
     * @param file in the directory.
     * @throws IOException when the disk refuses.
     */
    public static void forceDirectory(final Path file) throws IOException {
        final Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
