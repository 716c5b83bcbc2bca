package io.tendon.persistence;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.connection.RuntimeDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * One recorder a robot: a file lock that the kernel takes back when the process dies, however it dies. Who holds it may
 * delete the archive's mark file and mend the log. Main thread.
 */
final class RecorderLock implements AutoCloseable {
    private final FileChannel channel;

    private RecorderLock(final FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param runtime directory of the robot; it exists.
     * @return the lock.
     * @throws CommandFailure when another recorder holds it.
     */
    static RecorderLock acquire(final RuntimeDirectory runtime) {
        final Path file = runtime.directory().resolve("recorder.lock");
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new CommandFailure("robot " + runtime.name()
                        + ": is recorded already by another persistence-node; stop that one first");
            }
            return new RecorderLock(channel);
        } catch (final IOException e) {
            CloseHelper.quietClose(channel);
            throw new ConfigException(
                    "recorder lock", file, "must be writable", "check the rights of the directory", e);
        }
    }

    @Override
    public void close() {
        CloseHelper.quietClose(channel);
    }

    private static @Nullable FileLock tryLock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (final OverlappingFileLockException e) {
            return null;
        }
    }
}
