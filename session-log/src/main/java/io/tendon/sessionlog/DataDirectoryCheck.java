package io.tendon.sessionlog;

import io.tendon.bus.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether sessions can be kept in a directory; found out before anything is recorded. Start-up only. */
public final class DataDirectoryCheck {
    /** Least free room: Aeron's archive begins no recording with less than 128 MiB, and one session begins many. */
    public static final long MIN_FREE_BYTES = 192L << 20;

    private DataDirectoryCheck() {}

    /**
     * Makes the directory when it is not there, and refuses one that cannot be written or is nearly full.
     *
     * @param data directory of all sessions.
     * @throws ConfigException saying what to change.
     */
    public static void require(final Path data) {
        final long freeBytes;
        try {
            final Path sessions = Files.createDirectories(data.resolve(SessionDirectory.SESSIONS));
            if (!Files.isWritable(sessions)) {
                throw new ConfigException("data", data, "must be writable", "choose another with --data");
            }
            freeBytes = Files.getFileStore(sessions).getUsableSpace();
        } catch (final IOException e) {
            throw new ConfigException(
                    "data",
                    data,
                    "must be a directory that can be written (" + e + ")",
                    "choose another with --data",
                    e);
        }
        if (freeBytes < MIN_FREE_BYTES) {
            throw new ConfigException(
                    "data",
                    data,
                    "must have " + (MIN_FREE_BYTES >> 20) + " MiB free, has " + (freeBytes >> 20) + " MiB",
                    "free some, or choose another with --data");
        }
    }
}
