package io.tendon.store;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.ProcessLock;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.store.history.EngineLimits;
import io.tendon.store.history.HistoryIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.CloseHelper;

/**
 * The indices of one session, opened by one process at a time. One owner thread.
 */
public final class SessionStore implements AutoCloseable {
    private static final String LOCK_FILE = "lock";

    private final SessionDirectory directory;
    private final ProcessLock lock;
    private final HistoryIndex history;
    private final Indexer indexer;

    private SessionStore(
            final SessionDirectory directory,
            final ProcessLock lock,
            final List<Index> indexes,
            final DamageListener damages) {
        this.directory = directory;
        this.lock = lock;
        this.history = indexes.stream()
                .filter(HistoryIndex.class::isInstance)
                .map(HistoryIndex.class::cast)
                .findFirst()
                .orElseThrow();
        this.indexer = new Indexer(directory.archive(), indexes, damages);
    }

    /** The indices of a session, one after the other: the one place to add another. */
    private static void openAll(
            final SessionDirectory directory,
            final int memoryMib,
            final Consumer<String> notices,
            final List<Index> opened) {
        opened.add(HistoryIndex.open(
                directory.index(),
                MessageIr.of(directory, notices),
                new EngineLimits(memoryMib, 1, directory.index().resolve("spill")),
                notices));
    }

    /**
     * Opens the indices of a session, making those that are not there yet.
     *
     * @param directory of the session, which exists.
     * @param memoryMib that the database engine may take for its buffers, see {@link EngineLimits}.
     * @param notices is told, in one line each, what was set aside or is missing.
     * @param damages is told of damaged ranges of the recording.
     * @return the store, which stands where it was left.
     * @throws CommandFailure when another process has it open.
     * @throws StoreException when it cannot be opened nor made.
     */
    public static SessionStore open(
            final SessionDirectory directory,
            final int memoryMib,
            final Consumer<String> notices,
            final DamageListener damages) {
        return open(directory, memoryMib, notices, damages, false);
    }

    /**
     * Drops the indices of a session, and opens new ones that hold nothing yet.
     *
     * @param directory of the session, which exists.
     * @param memoryMib that the database engine may take for its buffers.
     * @param notices is told, in one line each, what is missing.
     * @param damages is told of damaged ranges of the recording.
     * @return the store.
     * @throws CommandFailure when another process has it open.
     * @throws StoreException when it cannot be dropped or made.
     */
    public static SessionStore openAnew(
            final SessionDirectory directory,
            final int memoryMib,
            final Consumer<String> notices,
            final DamageListener damages) {
        return open(directory, memoryMib, notices, damages, true);
    }

    private static SessionStore open(
            final SessionDirectory directory,
            final int memoryMib,
            final Consumer<String> notices,
            final DamageListener damages,
            final boolean isAnew) {
        try {
            Files.createDirectories(directory.index());
        } catch (final IOException e) {
            throw new StoreException(
                    directory.index() + ": cannot be made (" + e + "); free some space there and check its rights", e);
        }
        final ProcessLock lock = ProcessLock.acquire(
                directory.index().resolve(LOCK_FILE),
                () -> "session " + directory.sessionId()
                        + ": another process has its index open; try again when that is done");
        final List<Index> opened = new ArrayList<>();
        try {
            if (isAnew) {
                drop(directory.index());
            }
            openAll(directory, memoryMib, notices, opened);
            return new SessionStore(directory, lock, opened, damages);
        } catch (final RuntimeException e) {
            CloseHelper.quietCloseAll(opened);
            CloseHelper.quietClose(lock);
            throw e;
        }
    }

    private static void drop(final Path index) {
        try (Stream<Path> files = Files.list(index)) {
            for (final Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(LOCK_FILE))
                    .toList()) {
                Files.delete(file);
            }
        } catch (final IOException e) {
            throw new StoreException(index + ": cannot be emptied (" + e + "); check its rights", e);
        }
    }

    /** The session. */
    public SessionDirectory directory() {
        return directory;
    }

    /** Feeds the indices. */
    public Indexer indexer() {
        return indexer;
    }

    /** The session as tables. */
    public HistoryIndex history() {
        return history;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(indexer, lock);
    }
}
