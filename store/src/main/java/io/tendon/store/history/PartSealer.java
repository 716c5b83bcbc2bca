package io.tendon.store.history;

import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Seals the parts of a history that are over: a part that is appended to stands in small pieces, since the engine fills one
 * of each column at a time, and it keeps a note in memory of each that was ever read; a sealed one stands in large pieces. It
 * is copied a slice at a time. One that is written again is opened first, and rests until the next part begins. One owner
 * thread.
 */
final class PartSealer implements AutoCloseable {
    private static final long MAX_SLICE_ROWS = 61_440;
    private static final int SLICES_OF_A_PART = 2;

    /** As much must be free on the disk to seal a part, in sizes of it: it is done for the sake of memory, and can wait. */
    private static final int ROOM_TO_SEAL = 4;

    /** The same to open one, which is larger then. */
    private static final int ROOM_TO_OPEN = 2;

    private final HistoryEngine engine;
    private final long sliceRows;
    private final Consumer<String> notices;
    private final NavigableMap<Long, PartFile> waiting = new TreeMap<>();
    private final Map<Long, PartFile> resting = new HashMap<>();
    private @Nullable PartCopy copy;

    /**
     * Begins with none under way.
     *
     * @param engine of the history.
     * @param limits of it.
     * @param notices is told, in one line each, what could not be sealed.
     */
    PartSealer(final HistoryEngine engine, final EngineLimits limits, final Consumer<String> notices) {
        this.engine = engine;
        this.sliceRows = Math.max(1, Math.min(MAX_SLICE_ROWS, limits.partRows() / SLICES_OF_A_PART));
        this.notices = notices;
    }

    /** Messages that the part behind has by when hardly any is late for the one before. */
    long sliceRows() {
        return sliceRows;
    }

    /** Takes parts that are over. */
    void add(final Collection<PartFile> parts) {
        parts.forEach(part -> waiting.put(part.fromNs(), part));
    }

    /** Takes those again that were written. */
    void resume() {
        add(resting.values());
        resting.clear();
    }

    /** The part to go on with, which may not be written by others during the steps; none when there is nothing to do. */
    Optional<PartFile> next() {
        if (copy != null) {
            return Optional.of(copy.part());
        }
        return Optional.ofNullable(waiting.firstEntry()).map(Map.Entry::getValue);
    }

    /**
     * Goes on.
     *
     * @param part that is {@link #next}.
     * @param isRead whether anybody may read it, until when it stays where it is.
     * @return the sealed part, attached, or the same one.
     */
    PartFile step(final PartFile part, final boolean isRead) {
        try {
            if (copy == null) {
                if (!hasRoom(part, ROOM_TO_SEAL)) {
                    return part;
                }
                copy = PartCopy.begin(engine, part, sliceRows);
            }
            if (copy.step() || isRead) {
                return part;
            }
            final PartFile sealed = copy.takePlace();
            copy = null;
            waiting.remove(part.fromNs());
            return sealed;
        } catch (final SQLException | IOException | StoreException e) {
            rest(part);
            notices.accept(part.path() + ": cannot be sealed, and takes more memory to read (" + e.getMessage()
                    + "); tried again when the next part of the history begins");
            return part;
        }
    }

    private static boolean hasRoom(final PartFile part, final int sizes) throws IOException {
        return Files.getFileStore(part.directory()).getUsableSpace() >= sizes * Files.size(part.path());
    }

    /**
     * Opens a sealed part that is going to be written, which takes seconds; it rests from then on.
     *
     * @return the part in its open form, attached.
     * @throws StoreException when there is no room for that.
     */
    PartFile unseal(final PartFile part) {
        try {
            if (!hasRoom(part, ROOM_TO_OPEN)) {
                throw new StoreException(part.path() + ": cannot be opened to be written, has "
                        + Files.getFileStore(part.directory()).getUsableSpace() + " bytes free beside it, must have "
                        + ROOM_TO_OPEN + " times its own " + Files.size(part.path()) + "; free some space there");
            }
            return copyBack(part);
        } catch (final IOException | SQLException e) {
            throw new StoreException(
                    part.path() + ": cannot be opened to be written (" + e.getMessage()
                            + "); free some space there and check its rights",
                    e);
        }
    }

    private PartFile copyBack(final PartFile part) throws SQLException, IOException {
        try (PartCopy opened = PartCopy.begin(engine, part, MAX_SLICE_ROWS)) {
            while (opened.step()) {
                // One slice after the other, for the sake of memory.
            }
            final PartFile open = opened.takePlace();
            rest(open);
            return open;
        }
    }

    /** A part is going to be written: it is not sealed until {@link #resume}. */
    void rest(final PartFile part) {
        final PartCopy dropped = copy;
        if (dropped != null && dropped.part().equals(part)) {
            copy = null;
            CloseHelper.quietClose(dropped);
        }
        waiting.remove(part.fromNs());
        resting.put(part.fromNs(), part);
    }

    /** A part is deleted. */
    void forget(final PartFile part) {
        rest(part);
        resting.remove(part.fromNs());
    }

    @Override
    public void close() {
        if (copy != null) {
            rest(copy.part());
        }
    }
}
