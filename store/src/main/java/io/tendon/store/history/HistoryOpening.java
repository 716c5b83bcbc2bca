package io.tendon.store.history;

import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.collections.Long2LongHashMap;
import uk.co.real_logic.sbe.ir.Ir;

/**
 * Opens the parts of a session's history: looks at each, makes those anew that are damaged or gone, and leaves those open
 * that follow the recording. One owner thread.
 */
final class HistoryOpening implements AutoCloseable {
    private final Path directory;
    private final Ir ir;
    private final Consumer<String> notices;
    private final HistoryEngine engine;
    private final NavigableMap<Long, PartFile> files;
    private final NavigableMap<Long, HistoryPart> following = new TreeMap<>();
    private final List<PartFile> over = new ArrayList<>();
    private PartBook book = new PartBook();

    private HistoryOpening(final Path directory, final Ir ir, final EngineLimits limits, final Consumer<String> notices)
            throws SQLException {
        this.directory = directory;
        this.ir = ir;
        this.notices = notices;
        this.files = PartFile.list(directory);
        this.engine = HistoryEngine.start(limits);
    }

    /** Opens them, as {@link HistoryIndex#open} says. */
    static HistoryOpening open(
            final Path directory, final Ir ir, final EngineLimits limits, final Consumer<String> notices) {
        try {
            Files.createDirectories(directory);
        } catch (final IOException e) {
            throw new StoreException(
                    directory + ": cannot be made (" + e + "); free some space there and check its rights", e);
        }
        HistoryOpening opening = null;
        try {
            opening = new HistoryOpening(directory, ir, limits, notices);
            if (!opening.openAll()) {
                opening.close();
                HistoryIndex.drop(directory);
                notices.accept(
                        directory + ": the history is of another format or schema; made again from the recording");
                opening = new HistoryOpening(directory, ir, limits, notices);
                if (!opening.openAll()) {
                    throw new StoreException(directory
                            + ": the history is of another format or schema, and cannot be dropped; delete its files");
                }
            }
            return opening;
        } catch (final SQLException e) {
            CloseHelper.quietClose(opening);
            throw HistoryIndex.failure(e);
        } catch (final StoreException e) {
            CloseHelper.quietClose(opening);
            throw e;
        }
    }

    /** With the files of all parts attached that follow. */
    HistoryEngine engine() {
        return engine;
    }

    /** All parts, by where they begin. */
    NavigableMap<Long, PartFile> files() {
        return files;
    }

    /** Those that follow the recording, by where they begin: the last part, and those that were made anew. */
    NavigableMap<Long, HistoryPart> following() {
        return following;
    }

    /** Those that are over and not sealed yet, by where they begin. */
    List<PartFile> over() {
        return over;
    }

    /** What the last part says of the history. */
    PartBook book() {
        return book;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(following.values());
        engine.close();
    }

    /** False when one of them is of another format or schema. */
    private boolean openAll() throws SQLException {
        if (files.isEmpty()) {
            files.put(PartFile.BEGINNING, new PartFile(directory, PartFile.BEGINNING));
        }
        for (final PartFile file : List.copyOf(files.values())) {
            if (!open(file)) {
                return false;
            }
        }
        compareWithBook();
        over.retainAll(files.values());
        return true;
    }

    /** False when it is of another format or schema. */
    private boolean open(final PartFile file) throws SQLException {
        file.inOtherForm().delete();
        if (!engine.attachOrSetAside(file, notices)) {
            beginAnew(file.fromNs());
            return true;
        }
        final HistoryDatabase database = engine.database(file);
        final Optional<HistoryPart> part = HistoryPart.open(file, database, ir);
        if (part.isEmpty() && !database.isEmpty()) {
            database.close();
            return false;
        }
        if (part.isEmpty()) {
            begin(file, database);
        } else if (part.get().isFollowing()) {
            following.put(file.fromNs(), part.get());
        } else {
            if (!file.isSealed()) {
                over.add(file);
            }
            part.get().close();
            engine.detach(file);
        }
        return true;
    }

    private void compareWithBook() throws SQLException {
        final PartFile lastFile = files.lastEntry().getValue();
        if (!following.containsKey(lastFile.fromNs())) {
            // The one behind it is gone, and what this one has passed over for that one is not known.
            notices.accept(lastFile.path() + ": is followed by a part that is gone; made again from the recording");
            lastFile.delete();
            beginAnew(lastFile.fromNs());
        }
        final HistoryPart last = following.lastEntry().getValue();
        book = last.book();
        if (book.parts().isEmpty()) {
            book.setParts(files.keySet());
            last.write(book);
            return;
        }
        for (final long fromNs : book.parts()) {
            if (!files.containsKey(fromNs)) {
                final PartFile file = new PartFile(directory, fromNs);
                notices.accept(file.path() + ": is gone; made again from the recording");
                beginAnew(fromNs);
            }
        }
        for (final PartFile file : List.copyOf(files.values())) {
            if (!book.parts().contains(file.fromNs())) {
                // All of its rows were deleted, and it just before its file was.
                CloseHelper.close(following.remove(file.fromNs()));
                engine.detach(file);
                file.delete();
                files.remove(file.fromNs());
            }
        }
    }

    private void beginAnew(final long fromNs) throws SQLException {
        final PartFile file = new PartFile(directory, fromNs);
        file.delete();
        files.put(fromNs, file);
        engine.attachOrSetAside(file, notices);
        begin(file, engine.database(file));
    }

    private void begin(final PartFile file, final HistoryDatabase database) throws SQLException {
        following.put(
                file.fromNs(),
                HistoryPart.begin(file, database, ir, Map.of(), new Long2LongHashMap(0), new PartBook()));
    }
}
