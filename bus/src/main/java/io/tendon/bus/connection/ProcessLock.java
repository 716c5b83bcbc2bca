package io.tendon.bus.connection;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/** One process at a time: a file lock that the kernel takes back when the process dies, however it dies. Main thread. */
public final class ProcessLock implements AutoCloseable {
    private final FileChannel channel;

    private ProcessLock(final FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param file of the lock; its directory exists.
     * @param heldMessage for a person, asked for when another process holds it: what, and the remedy.
     * @return the lock.
     * @throws CommandFailure when another process holds it.
     */
    public static ProcessLock acquire(final Path file, final Supplier<String> heldMessage) {
        return tryAcquire(file).orElseThrow(() -> new CommandFailure(heldMessage.get()));
    }

    /**
     * Takes the lock, if no other process holds it.
     *
     * @param file of the lock; its directory exists.
     * @return the lock; none when another process holds it.
     */
    public static Optional<ProcessLock> tryAcquire(final Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new ProcessLock(channel));
        } catch (final IOException e) {
            CloseHelper.quietClose(channel);
            throw new ConfigException("lock", file, "must be writable", "check the rights of the directory", e);
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
