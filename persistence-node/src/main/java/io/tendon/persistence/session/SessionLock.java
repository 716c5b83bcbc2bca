package io.tendon.persistence.session;

import io.tendon.bus.connection.ProcessLock;
import io.tendon.sessionlog.SessionDirectory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps a repair of a session, and whoever deletes something of it to make room, apart. Any thread. */
public final class SessionLock {
    private SessionLock() {}

    /** The file that is locked. */
    public static Path file(final SessionDirectory session) {
        return session.repair().resolve("lock");
    }

    /**
     * Takes the lock.
     *
     * @param session that is to be changed.
     * @return the lock; none while another process, or another thread of this one, has it.
     * @throws IOException when the session is gone, or the disk refuses.
     */
    public static Optional<ProcessLock> tryAcquire(final SessionDirectory session) throws IOException {
        try {
            // Not its parents: a session that was just deleted is not to be made again.
            Files.createDirectory(session.repair());
        } catch (final FileAlreadyExistsException e) {
            if (!Files.isDirectory(session.repair())) {
                throw e;
            }
        }
        final Optional<ProcessLock> lock = ProcessLock.tryAcquire(file(session));
        if (lock.isPresent() && !Files.exists(file(session))) {
            lock.get().close();
            throw new NoSuchFileException(session.root().toString(), null, "was deleted at this moment");
        }
        return lock;
    }
}
