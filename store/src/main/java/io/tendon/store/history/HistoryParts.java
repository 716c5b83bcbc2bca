package io.tendon.store.history;

import io.tendon.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.collections.Long2LongHashMap;
import uk.co.real_logic.sbe.ir.Ir;

/**
 * The parts of a session's history: a database for every so many messages, since the engine goes through all of a database
 * when it tidies it; so what that takes of memory and time does not grow with the session. Those that are written are open
 * here; what is over is sealed. One owner thread.
 */
final class HistoryParts implements AutoCloseable {
    private final Path directory;
    private final Ir ir;
    private final long partRows;
    private final HistoryEngine engine;
    private final NavigableMap<Long, PartFile> files;
    private final NavigableMap<Long, HistoryPart> open;
    private final PartBook book;
    private final HistoryConnections connections;
    private final PartSealer sealer;
    private HistoryPart last;
    private long endNs = Long.MAX_VALUE;

    /**
     * Opens them, as {@link HistoryIndex#open} says.
     *
     * @throws StoreException when they cannot be opened nor made.
     */
    HistoryParts(final Path directory, final Ir ir, final EngineLimits limits, final Consumer<String> notices) {
        final HistoryOpening opening = HistoryOpening.open(directory, ir, limits, notices);
        this.directory = directory;
        this.ir = ir;
        this.partRows = limits.partRows();
        this.engine = opening.engine();
        this.files = opening.files();
        this.open = opening.following();
        this.book = opening.book();
        this.last = open.lastEntry().getValue();
        this.connections = new HistoryConnections(engine, files);
        this.sealer = new PartSealer(engine, limits, notices);
        sealer.add(opening.over());
        endLastIfFull();
    }

    /** The last one, which follows the recording. */
    HistoryPart last() {
        return last;
    }

    /** Those that may hold what is not committed and those that follow, by time. */
    Collection<HistoryPart> open() {
        return open.values();
    }

    /** What the last one says of all. */
    PartBook book() {
        return book;
    }

    /** For questions to all of them. */
    HistoryConnections connections() {
        return connections;
    }

    /** Whether what was captured at a time belongs into a part that has not begun. */
    boolean isBehindTheLast(final long timeNs) {
        return timeNs >= endNs;
    }

    /** The part for what was captured at a time, to be looked at. */
    HistoryPart of(final long timeNs) throws SQLException {
        if (timeNs >= last.file().fromNs()) {
            return last;
        }
        final Map.Entry<Long, PartFile> before = files.floorEntry(timeNs);
        return part(before == null ? files.firstEntry().getValue() : before.getValue());
    }

    /** Those for what was captured from a time to another, both included, to be looked at. */
    List<HistoryPart> within(final long firstNs, final long lastNs) throws SQLException {
        final List<HistoryPart> within = new ArrayList<>();
        for (final PartFile file : files.values()) {
            final Long next = files.higherKey(file.fromNs());
            if (file.fromNs() <= lastNs && (next == null || firstNs < next)) {
                within.add(part(file));
            }
        }
        return within;
    }

    private HistoryPart part(final PartFile file) throws SQLException {
        HistoryPart part = open.get(file.fromNs());
        if (part == null) {
            engine.attach(file);
            final HistoryDatabase database = engine.database(file);
            part = HistoryPart.open(file, database, ir).orElse(null);
            if (part == null) {
                database.close();
                throw new StoreException(file.path()
                        + ": is of another form than when it was opened; open the session anew, which makes it again");
            }
            open.put(file.fromNs(), part);
        }
        return part;
    }

    /** A part to be written: in its open form, and not copied meanwhile. */
    HistoryPart writable(final HistoryPart part) throws SQLException {
        if (part.isFollowing()) {
            return part;
        }
        final PartFile file = part.file();
        if (!file.isSealed()) {
            sealer.rest(file);
            return part;
        }
        CloseHelper.close(open.remove(file.fromNs()));
        return part(exchange(sealer.unseal(file)));
    }

    private PartFile exchange(final PartFile file) {
        files.put(file.fromNs(), file);
        connections.forgetTables();
        return file;
    }

    /** The last one, once full, goes on to the end of the minute, so that no figures are of two parts. */
    void endLastIfFull() {
        if (endNs == Long.MAX_VALUE && last.rows() >= partRows) {
            final RollUpPeriod longest = RollUpPeriod.MINUTE;
            endNs = longest.startNs(last.latestNs()) + longest.periodNs();
        }
    }

    /**
     * Begins the part behind the last; nothing may be uncommitted.
     *
     * @param positions of all writers.
     */
    void begin(final Long2LongHashMap positions) throws SQLException {
        final PartFile file = new PartFile(directory, endNs);
        file.delete();
        engine.attachOrSetAside(file, notice -> {});
        final HistoryPart before = last;
        files.put(file.fromNs(), file);
        book.setParts(files.keySet());
        last = HistoryPart.begin(file, engine.database(file), ir, before.lengths(), positions, book);
        open.put(file.fromNs(), last);
        endNs = Long.MAX_VALUE;
        end(before);
        sealer.resume();
        connections.forgetTables();
        release();
    }

    private void end(final HistoryPart part) throws SQLException {
        part.follow(false);
        sealer.add(List.of(part.file()));
    }

    /** Deletes parts that have no rows any more, and says so in the last. */
    void delete(final List<HistoryPart> emptied) throws SQLException {
        emptied.forEach(part -> files.remove(part.file().fromNs()));
        book.setParts(files.keySet());
        last.write(book);
        for (final HistoryPart part : emptied) {
            final PartFile file = part.file();
            open.remove(file.fromNs());
            part.close();
            engine.detach(file);
            sealer.forget(file);
            file.delete();
            connections.forgetTables();
        }
        release();
    }

    /** After each transaction: ends those that were made again up to where the last one is, and goes on sealing. */
    void tidy() throws SQLException {
        for (final HistoryPart part : open.values()) {
            if (part != last && part.isFollowing() && part.isLevelWith(last)) {
                end(part);
            }
        }
        final PartFile file = sealer.next().orElse(null);
        if (file == null || last.rows() < sealer.sliceRows()) {
            return;
        }
        final HistoryPart part = open.get(file.fromNs());
        if (part != null && (part.isFollowing() || part.hasChanged())) {
            return;
        }
        CloseHelper.close(open.remove(file.fromNs()));
        final PartFile sealed = sealer.step(file, connections.areOpen());
        if (sealed.isSealed()) {
            exchange(sealed);
        } else if (!engine.isAttached(file)) {
            connections.forgetTables();
        }
    }

    /** Takes off what is not written any more, as what the engine knows of each block of it takes memory. */
    private void release() throws SQLException {
        if (connections.areOpen()) {
            // One that is read cannot be attached again before that ends.
            return;
        }
        for (final PartFile file : files.values()) {
            final HistoryPart part = open.get(file.fromNs());
            if (part != last && (part == null || (!part.isFollowing() && !part.hasChanged()))) {
                CloseHelper.close(open.remove(file.fromNs()));
                engine.detach(file);
                connections.forgetTables();
            }
        }
    }

    @Override
    public void close() {
        sealer.close();
        CloseHelper.quietCloseAll(open.values());
        engine.close();
    }
}
