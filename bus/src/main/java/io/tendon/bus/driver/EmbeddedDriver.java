package io.tendon.bus.driver;

import io.aeron.driver.MediaDriver;
import io.tendon.bus.connection.ProcessLock;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.counter.BusCounters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

/**
 * A session with its media driver in the caller's own process: for tools and tests that need a bus while no robot runs.
 * The robot's own driver is {@link DriverNode}, in a process of its own.
 */
public final class EmbeddedDriver implements AutoCloseable {
    private final RuntimeDirectory directory;
    private final SessionAnchor session;
    private final ProcessLock lock;
    private final MediaDriver driver;

    private EmbeddedDriver(
            final RuntimeDirectory directory,
            final SessionAnchor session,
            final ProcessLock lock,
            final MediaDriver driver) {
        this.directory = directory;
        this.session = session;
        this.lock = lock;
        this.driver = driver;
    }

    /**
     * Begins a session.
     *
     * @param directory of the robot; made when it is not there.
     * @param errorHandler told of what goes wrong in the driver's thread.
     * @return the driver; its session ends when it is closed.
     * @throws io.tendon.bus.config.CommandFailure when a session runs there already.
     */
    public static EmbeddedDriver launch(final RuntimeDirectory directory, final ErrorHandler errorHandler) {
        directory.create();
        final ProcessLock lock = DriverLock.acquire(directory);
        final SessionAnchor session = SessionAnchor.create();
        BusCounters.create(directory);
        final MediaDriver driver = MediaDriver.launch(DriverConfig.context(directory, session.clock(), errorHandler));
        session.write(directory.sessionFile());
        return new EmbeddedDriver(directory, session, lock, driver);
    }

    /** The session that began. */
    public SessionAnchor session() {
        return session;
    }

    @Override
    public void close() {
        try {
            deleteSession();
        } finally {
            CloseHelper.closeAll(driver, lock);
        }
    }

    /** The process may live on, and its session must not look alive then. */
    private void deleteSession() {
        try {
            Files.deleteIfExists(directory.sessionFile());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
