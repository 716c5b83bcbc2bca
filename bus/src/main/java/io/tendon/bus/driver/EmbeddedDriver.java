package io.tendon.bus.driver;

import io.aeron.driver.MediaDriver;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import org.agrona.ErrorHandler;

/**
 * A session with its media driver in the caller's own process: for tools and tests that need a bus while no robot runs.
 * The robot's own driver is {@link DriverNode}, in a process of its own.
 */
public final class EmbeddedDriver implements AutoCloseable {
    private final SessionAnchor session;
    private final DriverLock lock;
    private final MediaDriver driver;

    private EmbeddedDriver(final SessionAnchor session, final DriverLock lock, final MediaDriver driver) {
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
        final DriverLock lock = DriverLock.acquire(directory);
        final SessionAnchor session = SessionAnchor.create();
        final MediaDriver driver = MediaDriver.launch(DriverConfig.context(directory, session.clock(), errorHandler));
        session.write(directory.sessionFile());
        return new EmbeddedDriver(session, lock, driver);
    }

    /** The session that began. */
    public SessionAnchor session() {
        return session;
    }

    @Override
    public void close() {
        driver.close();
        lock.close();
    }
}
