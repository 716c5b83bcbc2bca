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
import java.util.function.Consumer;
import org.agrona.collections.Long2LongHashMap;
import org.duckdb.DuckDBConnection;
import uk.co.real_logic.sbe.ir.Ir;

/**
 * The history of one session: a table for each type of message, figures of each second and minute beside it, and how far
 * each writer's log was taken in. It stands in parts, see {@link HistoryParts}.
 *
 * <pre>
 *   history.duckdb                       the first part
 *   history-20260102T0304Z.duckdb        the part of what was captured from that minute on
 *   history-20260102T0304Z.sealed.duckdb the same, in the form to be read alone
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

    private final HistoryParts parts;
    private final Long2LongHashMap positions = new Long2LongHashMap(MISSING_POSITION);
    private final Long2LongHashMap changedPositions = new Long2LongHashMap(MISSING_POSITION);
    private long passedOver;

    private HistoryIndex(final HistoryParts parts) {
        this.parts = parts;
        for (final Long2LongHashMap.KeyIterator keys =
                        parts.last().positions().keySet().iterator();
                keys.hasNext(); ) {
            final long key = keys.nextValue();
            final long position = parts.open().stream()
                    .mapToLong(part -> part.position(key))
                    .min()
                    .orElse(MISSING_POSITION);
            if (position != MISSING_POSITION) {
                positions.put(key, position);
            }
        }
    }

    /**
     * Opens the history of a session, making it if there is none.
     *
     * @param directory of the session's indices; made if it is not there.
     * @param ir schema that the session was recorded with.
     * @param limits of the engine.
     * @param notices is told, in one line each, what was set aside or could not be tidied; as long as the index is open.
     * @return the index.
     * @throws StoreException when it cannot be opened nor made.
     */
    public static HistoryIndex open(
            final Path directory, final Ir ir, final EngineLimits limits, final Consumer<String> notices) {
        return new HistoryIndex(new HistoryParts(directory, ir, limits, notices));
    }

    /**
     * Deletes the history of a session that nobody has open.
     *
     * @param directory of the session's indices.
     * @throws StoreException when it cannot be.
     */
    public static void drop(final Path directory) {
        PartFile.list(directory).values().forEach(file -> {
            file.delete();
            file.inOtherForm().delete();
        });
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

    /** Those of {@link #files} that are in the form to be read alone, which nothing writes to any more. */
    public static List<Path> sealedFiles(final Path directory) {
        return PartFile.list(directory).values().stream()
                .filter(PartFile::isSealed)
                .map(PartFile::path)
                .toList();
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
        store();
        try {
            parts.tidy();
        } catch (final SQLException e) {
            throw failure(e);
        }
    }

    /** Without what may end or seal a part, whoever is about to write it. */
    private void store() {
        if (changedPositions.isEmpty()) {
            return;
        }
        try {
            // By time: what says how far all is fed comes last.
            for (final HistoryPart part : parts.open()) {
                if (part.hasChanged() || part.isFollowing()) {
                    part.commit(changedPositions);
                }
            }
            changedPositions.clear();
        } catch (final SQLException e) {
            throw failure(e);
        }
    }

    @Override
    public void forget(final RecordingDescriptor recording, final PurgedSegment segment) {
        if (!parts.book().purge(segment)) {
            return;
        }
        store();
        try {
            final List<HistoryPart> emptied = new ArrayList<>();
            for (final HistoryPart part : parts.within(segment.firstNs(), segment.lastNs())) {
                if (isEmptied(part, recording, segment)) {
                    emptied.add(part);
                }
            }
            parts.delete(emptied);
        } catch (final SQLException e) {
            throw failure(e);
        }
    }

    /** Deletes the rows of a segment from a part, or says that it can be deleted itself. */
    private boolean isEmptied(final HistoryPart part, final RecordingDescriptor recording, final PurgedSegment segment)
            throws SQLException {
        if (part.file().isSealed()) {
            // To open it takes seconds, and room that there may not be when segments are deleted.
            final long ofSegment = part.countMessages(recording, segment);
            if (ofSegment == 0 || ofSegment == part.countMessages()) {
                return ofSegment > 0;
            }
        }
        // One that follows is to get rows: the last, and one that is made again.
        return !parts.writable(part).forget(recording, segment) && !part.isFollowing();
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
        return parts.connections().toAll(sessionId);
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
        return parts.connections().to(sessionId, question);
    }

    @Override
    public void close() {
        parts.close();
    }

    /** The part for what was captured at a time; begins the next when that is behind the end of the last. */
    private HistoryPart partOf(final long timeNs) throws SQLException {
        if (parts.isBehindTheLast(timeNs)) {
            store();
            parts.begin(positions);
        }
        return parts.of(timeNs);
    }

    private void append(final RecordedMessage message, final HistoryPart of) throws SQLException {
        // By the last one, so that what cannot be read opens no part.
        if (!parts.last().read(message)) {
            passedOver++;
            return;
        }
        final HistoryPart part = parts.writable(of);
        if (part != parts.last()) {
            part.read(message);
        }
        if (!part.fits()) {
            store();
            part.fit();
            parts.connections().forgetTables();
        }
        part.append(message);
        parts.endLastIfFull();
    }

    static StoreException failure(final SQLException e) {
        return new StoreException("history: " + HistoryDatabase.firstLine(e), e);
    }
}
