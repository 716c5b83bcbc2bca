package io.tendon.bus.driver;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/** One driver per robot: a file lock that the kernel takes back when the process dies, however it dies. */
final class DriverLock implements AutoCloseable {
    private final FileChannel channel;

    private DriverLock(final FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param directory of the robot; it exists.
     * @return the lock.
     * @throws CommandFailure when another driver holds it, naming that one.
     */
    static DriverLock acquire(final RuntimeDirectory directory) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(directory.driverLockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                final String holder = SessionAnchor.readLive(directory.sessionFile())
                        .map(session -> "session " + session.sessionName() + ", driver pid " + session.driverPid())
                        .orElse("its driver is starting");
                throw new CommandFailure("robot " + directory.name() + ": runs already (" + holder
                        + "); stop that one, or run beside it with --name other");
            }
            return new DriverLock(channel);
        } catch (final IOException e) {
            CloseHelper.quietClose(channel);
            throw new ConfigException(
                    "driver lock",
                    directory.driverLockFile(),
                    "must be writable",
                    "check the rights of the directory",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (final OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        CloseHelper.quietClose(channel);
    }
}
