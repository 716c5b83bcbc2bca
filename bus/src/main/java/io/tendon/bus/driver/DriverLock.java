package io.tendon.bus.driver;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.ProcessLock;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;

/** One driver a robot. Main thread. */
final class DriverLock {
    private DriverLock() {}

    /**
     * Takes the lock.
     *
     * @param directory of the robot; it exists.
     * @return the lock.
     * @throws CommandFailure when another driver holds it, naming that one.
     */
    static ProcessLock acquire(final RuntimeDirectory directory) {
        return ProcessLock.acquire(directory.driverLockFile(), () -> {
            final String holder = SessionAnchor.readLive(directory.sessionFile())
                    .map(session -> "session " + session.sessionName() + ", driver pid " + session.driverPid())
                    .orElse("its driver is starting");
            return "robot " + directory.name() + ": runs already (" + holder
                    + "); stop that one, or run beside it with --name other";
        });
    }
}
