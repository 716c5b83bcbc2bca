package io.tendon.store.history;

import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.store.Index;
import io.tendon.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.collections.Long2LongHashMap;
import org.duckdb.DuckDBConnection;
import uk.co.real_logic.sbe.ir.Ir;

/**
 * The history of one session: a table for each type of message, figures of each second and minute beside it, and how far
 * each writer's log was taken in. It stands in one database for every so many messages, since the engine goes through all of
 * a database when it tidies it: what that takes of memory and time does not grow with the session.
 *
 * <pre>
 *   history.duckdb                      the first part
 *   history-20260102T0304Z.duckdb       the part of what was captured from that minute on
 *     TABLE            rows of a type of message
 *     TABLE_1s, _1min  count, min, max, mean, std, last of its amounts (RollUp)
 *     log_position     up to which position of each writer's life it has what was captured in its time
 *     store            format of this, the schema that the tables were made from, whether the part follows the recording
 *     part             all parts
 *     purged           segments of the recording that were deleted, and whose rows are
 * </pre>
 *
 * <p>A part that follows the recording stores the positions of all writers with each transaction; the last one does. The
 * others hold what they hold: what comes late for one of them is a transaction there, before that of the last. A part that
 * was damaged or is gone is made anew and follows, too, and all is read again from its positions; each part passes over what
 * it has. One owner thread.
 */
public final class HistoryIndex implements Index {
    private static final long MISSING_POSITION = 0;

    private final Path directory;
    private final Ir ir;
    private final long partRows;
    private final HistoryEngine engine;
    private final NavigableMap<Long, PartFile> files;
    private final NavigableMap<Long, HistoryPart> open;
    private final PartBook book;
    private final Long2LongHashMap positions = new Long2LongHashMap(MISSING_POSITION);
    private final Long2LongHashMap changedPositions = new Long2LongHashMap(MISSING_POSITION);
    private final HistoryConnections connections;
    private HistoryPart last;
    private long endNs = Long.MAX_VALUE;
    private long passedOver;

    private HistoryIndex(final Path directory, final Ir ir, final EngineLimits limits, final HistoryOpening opening) {
        this.directory = directory;
        this.ir = ir;
        this.partRows = limits.partRows();
        this.engine = opening.engine();
        this.files = opening.files();
        this.connections = new HistoryConnections(engine, files);
        this.open = opening.following();
        this.book = opening.book();
        this.last = open.lastEntry().getValue();
        for (final Long2LongHashMap.KeyIterator keys = last.positions().keySet().iterator(); keys.hasNext(); ) {
            final long key = keys.nextValue();
            final long position = open.values().stream()
                    .mapToLong(part -> part.position(key))
                    .min()
                    .orElse(MISSING_POSITION);
            if (position != MISSING_POSITION) {
                positions.put(key, position);
            }
        }
        endPartIfFull();
    }

    /**
     * Opens the history of a session, making it if there is none.
     *
     * @param directory of the session's indices; made if it is not there.
     * @param ir schema that the session was recorded with.
     * @param limits of the engine.
     * @param notices is told, in one line each, what was set aside.
     * @return the index.
     * @throws StoreException when it cannot be opened nor made.
     */
    public static HistoryIndex open(
            final Path directory, final Ir ir, final EngineLimits limits, final Consumer<String> notices) {
        return new HistoryIndex(directory, ir, limits, HistoryOpening.open(directory, ir, limits, notices));
    }

    /**
     * Deletes the history of a session that nobody has open.
     *
     * @param directory of the session's indices.
     * @throws StoreException when it cannot be.
     */
    public static void drop(final Path directory) {
        PartFile.list(directory).values().forEach(PartFile::delete);
    }

    /**
     * The files of a session's history, without what the engine puts beside them.
     *
     * @param directory of the session's indices.
     * @return by the time of what is in them; empty when there is no history.
     */
    public static List<Path> files(final Path directory) {
        return PartFile.list(directory).values().stream().map(PartFile::path).toList();
    }

    @Override
    public String name() {
        return "history";
    }

    @Override
    public long position(final long publicationKey) {
        return positions.get(publicationKey);
    }

    @Override
    public void onMessage(final RecordedMessage message) {
        final long key = message.recording().publicationKey();
        try {
            if (!message.hasStamp()) {
                passedOver++;
            } else {
                final HistoryPart part = partOf(message.captureTimeNs());
                // One that was made anew is fed what the others have.
                if (message.position() >= part.position(key)) {
                    append(message, part);
                }
            }
        } catch (final SQLException e) {
            throw failure(e);
        }
        positions.put(key, message.nextPosition());
        changedPositions.put(key, message.nextPosition());
    }

    @Override
    public void commit() {
        if (changedPositions.isEmpty()) {
            return;
        }
        try {
            // By time: what says how far all is fed comes last.
            for (final HistoryPart part : open.values()) {
                if (part.hasChanged() || part.isFollowing()) {
                    part.commit(changedPositions);
                }
            }
            changedPositions.clear();
            for (final HistoryPart part : open.values()) {
                if (part != last && part.isFollowing() && part.isLevelWith(last)) {
                    part.follow(false);
                }
            }
        } catch (final SQLException e) {
            throw failure(e);
        }
    }

    @Override
    public void forget(final RecordingDescriptor recording, final PurgedSegment segment) {
        if (!book.purge(segment)) {
            return;
        }
        commit();
        try {
            final List<PartFile> emptied = new ArrayList<>();
            for (final PartFile file : List.copyOf(files.values())) {
                if (file.fromNs() <= segment.lastNs() && segment.firstNs() < endOf(file)) {
                    final HistoryPart part = part(file);
                    // One that follows is to get rows: the last, and one that is made again.
                    if (!part.forget(recording, segment) && !part.isFollowing()) {
                        emptied.add(file);
                    }
                }
            }
            emptied.forEach(file -> files.remove(file.fromNs()));
            book.setParts(files.keySet());
            last.write(book);
            for (final PartFile file : emptied) {
                CloseHelper.close(open.remove(file.fromNs()));
                engine.detach(file);
                file.delete();
                connections.forgetTables();
            }
            release();
        } catch (final SQLException e) {
            throw failure(e);
        }
    }

    @Override
    public void complete() {
        // Open spans are stored with each transaction.
    }

    /** Messages that are in no table: of an unknown type, or that end before their fields do. */
    public long passedOver() {
        return passedOver;
    }

    /**
     * A connection of its own for questions, which neither wait for what is taken in nor hold it up. It knows each table by
     * its own name, with the session's name as the first column.
     *
     * @param sessionId name of the session.
     * @return the connection, for one other thread.
     */
    public DuckDBConnection connection(final String sessionId) {
        return connections.toAll(sessionId);
    }

    /**
     * A connection for one question, sooner there than {@link #connection(String)}: it knows the tables that are named in it. Of
     * a {@link SeriesQuestion} only the parts of the history that hold the asked times are looked at.
     *
     * @param sessionId name of the session.
     * @param question that is going to be asked.
     * @return the connection, for one other thread.
     */
    public DuckDBConnection connection(final String sessionId, final String question) {
        return connections.to(sessionId, question);
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(open.values());
        engine.close();
    }

    private void append(final RecordedMessage message, final HistoryPart part) throws SQLException {
        if (!part.read(message)) {
            passedOver++;
            return;
        }
        if (!part.fits()) {
            commit();
            part.fit();
            connections.forgetTables();
        }
        part.append(message);
        endPartIfFull();
    }

    /** The part for what was captured at a time; begins the next when that is behind the end of the last. */
    private HistoryPart partOf(final long timeNs) throws SQLException {
        if (timeNs >= last.file().fromNs()) {
            if (timeNs >= endNs) {
                beginPart();
            }
            return last;
        }
        final Map.Entry<Long, PartFile> before = files.floorEntry(timeNs);
        return part(before == null ? files.firstEntry().getValue() : before.getValue());
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

    /** A full one goes on to the end of the minute, so that no figures are of two parts. */
    private void endPartIfFull() {
        if (endNs == Long.MAX_VALUE && last.rows() >= partRows) {
            final RollUpPeriod longest = RollUpPeriod.MINUTE;
            endNs = longest.startNs(last.latestNs()) + longest.periodNs();
        }
    }

    private void beginPart() throws SQLException {
        commit();
        final PartFile file = new PartFile(directory, endNs);
        file.delete();
        engine.attachOrSetAside(file, notice -> {});
        final HistoryPart before = last;
        files.put(file.fromNs(), file);
        book.setParts(files.keySet());
        last = HistoryPart.begin(file, engine.database(file), ir, before.lengths(), positions, book);
        open.put(file.fromNs(), last);
        before.follow(false);
        endNs = Long.MAX_VALUE;
        connections.forgetTables();
        release();
    }

    private long endOf(final PartFile file) {
        final Long next = files.higherKey(file.fromNs());
        return next == null ? Long.MAX_VALUE : next;
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

    static StoreException failure(final SQLException e) {
        return new StoreException("history: " + HistoryDatabase.firstLine(e), e);
    }
}
