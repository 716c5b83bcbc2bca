package io.tendon.store.state;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.ProcessLock;
import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known in a data directory, by key. Opened by one process at a time.
 *
 * <p>A map that a process left open when it died may be anything, and Chronicle Map would block on it or give out what
 * was never put in. So it is opened only with its seal, which is written when it is closed in order and taken away when
 * it is opened: the checksum of every byte, and how far each log was taken in. Without one the map is set aside, never
 * deleted, and begun anew; {@link StateCatchUp} fills it from the recordings. Positions are kept in memory alone until
 * then: of a process that dies neither values nor positions are used again.
 *
 * <p>One thread puts and closes, handed over as a whole at most; any thread may look up.
 */
public final class StateStore implements StateTable, AutoCloseable {
    private final StateDirectory directory;
    private final StateLimits limits;
    private final ProcessLock lock;
    private final StateMap map;
    private final boolean isBegunAnew;
    private final TakenIn takenIn = new TakenIn();
    private final byte[] valueBuffer;
    private final AtomicLong refused = new AtomicLong();
    private boolean isBroken;

    private StateStore(
            final StateDirectory directory,
            final StateLimits limits,
            final ProcessLock lock,
            final StateMap map,
            final @Nullable StateSeal seal) {
        this.directory = directory;
        this.limits = limits;
        this.lock = lock;
        this.map = map;
        this.isBegunAnew = seal == null;
        this.valueBuffer = new byte[StateValueDescriptor.lengthBytes(limits)];
        if (seal != null) {
            refused.set(seal.refused());
            takenIn.putAll(seal.positions());
        }
    }

    /**
     * Opens what is known, or begins anew. Takes a second, several on a small machine; {@link StateOpening} does it where
     * nobody waits.
     *
     * @param data directory of all sessions; the state's own is made in it.
     * @param limits of the map; one that was made with others is set aside.
     * @param notices is told, in one line each, what was set aside.
     * @return the store; {@link StateCatchUp} brings it to where the recordings are.
     * @throws CommandFailure when another process has it open.
     * @throws StoreException when it cannot be opened nor made.
     */
    public static StateStore open(final Path data, final StateLimits limits, final Consumer<String> notices) {
        final StateDirectory directory = new StateDirectory(data);
        try {
            Files.createDirectories(directory.root());
        } catch (final IOException e) {
            throw unwritable(directory, e);
        }
        final ProcessLock lock = ProcessLock.acquire(
                directory.lock(),
                () -> directory.root()
                        + ": another process has it open, the recorder of a robot that runs; stop that one"
                        + " or ask again");
        try {
            final StateSeal seal = unseal(directory, limits, notices);
            return new StateStore(directory, limits, lock, openMap(directory, limits, seal), seal);
        } catch (final IOException e) {
            lock.close();
            throw unwritable(directory, e);
        } catch (final RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * How large the map of a data directory is, for who only wants to look.
     *
     * @param data directory of all sessions.
     * @return as it was closed last; the defaults when that is not known.
     */
    public static StateLimits limitsOf(final Path data) {
        try {
            return StateSealFile.read(new StateDirectory(data).seal())
                    .map(StateSeal::limits)
                    .orElse(StateLimits.DEFAULT);
        } catch (final IOException e) {
            // Who opens it is told.
            return StateLimits.DEFAULT;
        }
    }

    /**
     * Has the map begun anew when it is opened next, with all recordings read again; for who knows that what it says is not
     * what they say any more.
     *
     * @param data directory of all sessions.
     * @return false when another process has it open.
     * @throws StoreException when the disk refuses.
     */
    public static boolean distrust(final Path data) {
        final StateDirectory directory = new StateDirectory(data);
        if (!Files.exists(directory.map())) {
            return true;
        }
        final Optional<ProcessLock> held = ProcessLock.tryAcquire(directory.lock());
        if (held.isEmpty()) {
            return false;
        }
        try (ProcessLock lock = held.get()) {
            StateSealFile.remove(directory.seal());
            return true;
        } catch (final IOException e) {
            throw unwritable(directory, e);
        }
    }

    /** Whether nothing of an earlier process was taken over; for tests. */
    boolean isBegunAnew() {
        return isBegunAnew;
    }

    /** Keys that the map holds, removed ones included. Any thread. */
    public long size() {
        return map.size();
    }

    /**
     * How often a key was refused since the map was begun, because it was full or another key has the same hash: while
     * this is 0, a key that is not here was never said. Any thread.
     */
    public long refused() {
        return refused.get();
    }

    /**
     * Looks a key up. Any thread.
     *
     * @param key to look for.
     * @return what is known, which may be that the key was removed; null when nothing is.
     */
    public @Nullable StateValue get(final StateKey key) {
        final byte[] bytes = map.get(key.hash());
        if (bytes == null) {
            return null;
        }
        final StateValue value = StateValueDescriptor.decode(bytes);
        return value.key().equals(key) ? value : null;
    }

    /**
     * Lists what is known, removed keys included, in the order of the keys. Any thread.
     *
     * @param prefix of the keys; empty for all.
     * @return the values.
     */
    public List<StateValue> list(final String prefix) {
        final List<StateValue> values = new ArrayList<>();
        map.forEach(bytes -> {
            final StateValue value = StateValueDescriptor.decode(bytes);
            if (value.key().text().startsWith(prefix)) {
                values.add(value);
            }
        });
        values.sort(Comparator.comparing(value -> value.key().text()));
        return values;
    }

    @Override
    public PutOutcome put(final StateValue value) {
        return put(value.key().hash(), value);
    }

    /** The same with a given hash, so that a collision can be tried. */
    PutOutcome put(final long hash, final StateValue value) {
        final byte[] knownBytes = map.get(hash);
        if (knownBytes == null) {
            if (map.size() >= limits.entries()) {
                refused.incrementAndGet();
                return PutOutcome.FULL;
            }
        } else {
            final StateValue known = StateValueDescriptor.decode(knownBytes);
            if (!known.key().equals(value.key())) {
                refused.incrementAndGet();
                return PutOutcome.COLLISION;
            }
            if (!value.isLaterThan(known)) {
                return PutOutcome.OLDER;
            }
        }
        StateValueDescriptor.encode(value, valueBuffer);
        try {
            map.put(hash, valueBuffer);
        } catch (final StoreException e) {
            isBroken = true;
            throw e;
        }
        return PutOutcome.STORED;
    }

    @Override
    public long position(final String session, final long publicationKey) {
        return takenIn.position(session, publicationKey);
    }

    @Override
    public void position(final String session, final long publicationKey, final long position) {
        takenIn.position(session, publicationKey, position);
    }

    @Override
    public void retainSessions(final List<String> sessions) {
        takenIn.retainSessions(sessions);
    }

    /**
     * Closes it in order: the map and then its seal are on the device when this returns.
     *
     * @throws StoreException when that cannot be done; the map is then begun anew the next time.
     */
    @Override
    public void close() {
        try (lock) {
            map.close();
            if (!isBroken) {
                seal();
            }
        } catch (final IOException e) {
            throw unwritable(directory, e);
        }
    }

    private void seal() throws IOException {
        try (FileChannel file = FileChannel.open(directory.map(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            file.force(true);
            StateSealFile.write(
                    directory.seal(),
                    new StateSeal(
                            StateMap.library(),
                            limits,
                            file.size(),
                            StateSeal.checksum(file),
                            refused.get(),
                            takenIn.all()));
        }
    }

    /** Checks the map and takes its seal away; null when it has been set aside, or there was none. */
    private static @Nullable StateSeal unseal(
            final StateDirectory directory, final StateLimits limits, final Consumer<String> notices)
            throws IOException {
        final Optional<StateSeal> seal = StateSealFile.read(directory.seal());
        final String fault;
        if (!Files.exists(directory.map())) {
            fault = "is not there";
        } else if (seal.isEmpty()) {
            fault = "was not closed in order";
        } else {
            fault = seal.get().fault(directory.map(), StateMap.library(), limits);
        }
        StateSealFile.remove(directory.seal());
        if (fault.isEmpty()) {
            return seal.orElseThrow();
        }
        if (Files.exists(directory.map())) {
            setAside(directory.map(), fault, notices);
        }
        return null;
    }

    private static StateMap openMap(
            final StateDirectory directory, final StateLimits limits, final @Nullable StateSeal seal)
            throws IOException {
        try {
            return StateMap.open(directory.map(), limits);
        } catch (final StoreException e) {
            // Not the file's fault: it is as it was closed, or new.
            if (seal == null) {
                Files.deleteIfExists(directory.map());
            } else if (seal.fault(directory.map(), StateMap.library(), limits).isEmpty()) {
                StateSealFile.write(directory.seal(), seal);
            }
            throw e;
        }
    }

    private static void setAside(final Path map, final String fault, final Consumer<String> notices)
            throws IOException {
        // One is enough to look into, and each takes the room of a whole map.
        final Path aside = map.resolveSibling(map.getFileName() + ".damaged");
        Files.move(map, aside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        notices.accept(map + ": " + fault + "; set aside as " + aside.getFileName()
                + ", what it held is made again from the recordings");
    }

    private static StoreException unwritable(final StateDirectory directory, final IOException e) {
        return new StoreException(
                directory.root() + ": cannot be written (" + e + "); free some space there and check its rights", e);
    }
}
