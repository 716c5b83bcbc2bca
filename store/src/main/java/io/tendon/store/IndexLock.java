package io.tendon.store;

import io.tendon.bus.connection.ProcessLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps others from opening an index while it is looked at; where there is no lock yet, none is made. Main thread. */
public final class IndexLock implements AutoCloseable {
    private final @Nullable ProcessLock lock;

    private IndexLock(final @Nullable ProcessLock lock) {
        this.lock = lock;
    }

    /**
     * Takes the lock, if there is one.
     *
     * @param file of the lock.
     * @return held; none when another process holds it.
     */
    public static Optional<IndexLock> tryAcquire(final Path file) {
        if (!Files.isWritable(file)) {
            return Optional.of(new IndexLock(null));
        }
        return ProcessLock.tryAcquire(file).map(IndexLock::new);
    }

    @Override
    public void close() {
        if (lock != null) {
            lock.close();
        }
    }
}
