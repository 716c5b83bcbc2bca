package io.tendon.bus.cycle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The JVM's own thread: it does the work for which all others are held at a safepoint, collections of the serial collector
 * among them. At an ordinary priority it waits for the machine's other work while a real-time thread waits for it.
 */
final class VmThread {
    /** Stands for a thread that was not found. */
    static final int NONE = -1;

    private static final String NAME = "VM Thread";

    private VmThread() {}

    /**
     * Its id in the kernel.
     *
     * @param tasks a process's threads, /proc/self/task.
     * @return the id, {@link #NONE} when there is no such thread or no /proc.
     */
    static int id(final Path tasks) {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (final Path thread : threads) {
                final Path name = thread.getFileName();
                if (name != null && NAME.equals(name(thread))) {
                    return Integer.parseInt(name.toString());
                }
            }
        } catch (final IOException | DirectoryIteratorException | NumberFormatException e) {
            return NONE;
        }
        return NONE;
    }

    /** Empty for a thread that has just ended. */
    private static String name(final Path thread) {
        try {
            return Files.readString(thread.resolve("comm"), StandardCharsets.ISO_8859_1)
                    .strip();
        } catch (final IOException e) {
            return "";
        }
    }
}
