package io.tendon.bus.catalog;

import io.tendon.bus.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether the logs of a session fit into shared memory. A dead node's logs stay for a while beside those of its
 * successor, so twice the sum is asked for. Called once, before the driver starts.
 */
public final class SharedMemoryCheck {
    private static final int GENERATIONS = 2;
    private static final long DRIVER_FILES_BYTES = 16L << 20;

    private SharedMemoryCheck() {}

    /** Bytes that a session may need at once. */
    public static long requiredBytes() {
        return GENERATIONS * StreamCatalog.sharedMemoryBytes() + DRIVER_FILES_BYTES;
    }

    /**
     * Refuses to start when there is too little room.
     *
     * @param directory in which the driver's directory will be; it exists.
     * @throws ConfigException saying how to make room.
     */
    public static void require(final Path directory) {
        final long usableBytes;
        try {
            usableBytes = Files.getFileStore(directory).getUsableSpace();
        } catch (final IOException e) {
            throw new ConfigException(
                    directory.toString(), "unreadable", "must be a directory in memory", "mount it", e);
        }
        if (usableBytes < requiredBytes()) {
            throw new ConfigException(
                    directory + " free",
                    (usableBytes >> 20) + "MiB",
                    "must be at least " + (requiredBytes() >> 20) + "MiB for two generations of logs",
                    "remove what is left of dead sessions there, or mount -o remount,size="
                            + ((requiredBytes() >> 20) + 256) + "M /dev/shm");
        }
    }
}
