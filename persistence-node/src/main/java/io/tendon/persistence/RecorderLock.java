package io.tendon.persistence;

import io.tendon.bus.connection.ProcessLock;
import io.tendon.bus.connection.RuntimeDirectory;

/** One recorder a robot. Who holds the lock may delete the archive's mark file and mend the log. Main thread. */
final class RecorderLock {
    private RecorderLock() {}

    /**
     * Takes the lock.
     *
     * @param runtime directory of the robot; it exists.
     * @return the lock.
     * @throws io.tendon.bus.config.CommandFailure when another recorder holds it.
     */
    static ProcessLock acquire(final RuntimeDirectory runtime) {
        return ProcessLock.acquire(
                runtime.recorderLockFile(),
                () -> "robot " + runtime.name()
                        + ": is recorded already by another persistence-node; stop that one first");
    }
}
