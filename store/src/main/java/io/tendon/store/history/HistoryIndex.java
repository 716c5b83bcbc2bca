package io.tendon.store.history;

import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.store.Index;
import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.agrona.CloseHelper;
import org.agrona.collections.Long2LongHashMap;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.OtfHeaderDecoder;

/**
 * The history of one session: a table for each type of message, figures of each second and minute beside it, and how far
 * each writer's log was taken in, all of it in one database and each step of it in one transaction.
 *
 * <pre>
 *   history.duckdb   TABLE            rows of a type of message
 *                    TABLE_1s, _1min  count, min, max, mean, std, last of its amounts (RollUp)
 *                    log_position     how far each writer's life was taken in
 *                    purged           segments of the recording that were deleted, and whose rows are
 *                    store            format of this, and the schema that the tables were made from
 * </pre>
 *
 * <p>A database of another format or schema is dropped and made anew. One owner thread, but for {@link #connection}.
 */
public final class HistoryIndex implements Index {
    /** Name of the database's file. */
    public static final String FILE_NAME = "history.duckdb";

    /** Of the tables. */
    static final int FORMAT = 1;

    private static final long MISSING_POSITION = 0;

    private final HistoryDatabase database;
    private final Ir ir;
    private final OtfHeaderDecoder header;
    private final Map<Integer, @Nullable MessageTable> tables = new HashMap<>();
    private final Long2LongHashMap positions = new Long2LongHashMap(MISSING_POSITION);
    private final Long2LongHashMap changedPositions = new Long2LongHashMap(MISSING_POSITION);
    private final Set<String> purged = new HashSet<>();
    private long passedOver;

    private HistoryIndex(final HistoryDatabase database, final Ir ir) throws SQLException {
        this.database = database;
        this.ir = ir;
        this.header = new OtfHeaderDecoder(ir.headerStructure());
        database.execute(
                "CREATE TABLE IF NOT EXISTS log_position (stream_id INTEGER, session_id INTEGER, position BIGINT,"
                        + " PRIMARY KEY (stream_id, session_id))");
        try (ResultSet rows = database.query("SELECT stream_id, session_id, position FROM log_position")) {
            while (rows.next()) {
                positions.put(key(rows.getInt(1), rows.getInt(2)), rows.getLong(3));
            }
        }
        database.execute("CREATE TABLE IF NOT EXISTS purged (recording_id BIGINT, from_position BIGINT)");
        try (ResultSet rows = database.query("SELECT recording_id, from_position FROM purged")) {
            while (rows.next()) {
                purged.add(rows.getLong(1) + " " + rows.getLong(2));
            }
        }
        // Those that stand there already go on with their open spans.
        for (final List<Token> tokens : ir.messages()) {
            table(tokens.get(0).id());
        }
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
        try {
            Files.createDirectories(directory);
        } catch (final IOException e) {
            throw new StoreException(
                    directory + ": cannot be made (" + e + "); free some space there and check its rights", e);
        }
        final Path file = directory.resolve(FILE_NAME);
        HistoryDatabase database = HistoryDatabase.open(file, limits, notices);
        try {
            final long fingerprint = fingerprint(ir);
            if (!isOfThisForm(database, fingerprint)) {
                database.close();
                drop(directory);
                notices.accept(file + ": is of another format or schema; made again from the recording");
                database = HistoryDatabase.open(file, limits, notices);
                isOfThisForm(database, fingerprint);
            }
            return new HistoryIndex(database, ir);
        } catch (final SQLException e) {
            database.close();
            throw failure(e);
        }
    }

    /**
     * Deletes the history of a session that nobody has open.
     *
     * @param directory of the session's indices.
     * @throws StoreException when it cannot be.
     */
    public static void drop(final Path directory) {
        for (final String suffix : new String[] {".wal", ""}) {
            final Path file = directory.resolve(FILE_NAME + suffix);
            try {
                Files.deleteIfExists(file);
            } catch (final IOException e) {
                throw new StoreException(
                        file + ": cannot be deleted (" + e + "); check the rights of its directory", e);
            }
        }
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
        try {
            final MessageTable table =
                    message.hasStamp() ? table(MessageSchema.templateId(message.buffer(), message.offset())) : null;
            if (table == null || !table.read(message)) {
                passedOver++;
            } else {
                if (!table.fits()) {
                    commit();
                    table.fit();
                }
                database.begin();
                table.append(message);
            }
        } catch (final SQLException e) {
            throw failure(e);
        }
        final long key = message.recording().publicationKey();
        positions.put(key, message.nextPosition());
        changedPositions.put(key, message.nextPosition());
    }

    @Override
    public void commit() {
        if (changedPositions.isEmpty()) {
            return;
        }
        try {
            database.begin();
            for (final MessageTable table : tables.values()) {
                if (table != null) {
                    table.flush();
                }
            }
            database.execute("INSERT OR REPLACE INTO log_position VALUES " + changedPositions());
            database.commit();
        } catch (final SQLException e) {
            throw failure(e);
        }
        changedPositions.clear();
    }

    @Override
    public void forget(final RecordingDescriptor recording, final PurgedSegment segment) {
        final String key = segment.recordingId() + " " + segment.fromPosition();
        if (!purged.add(key)) {
            return;
        }
        commit();
        try {
            database.begin();
            for (final MessageTable table : tables.values()) {
                if (table != null) {
                    table.forget(recording, segment);
                    table.flush();
                }
            }
            database.execute(
                    "INSERT INTO purged VALUES (" + segment.recordingId() + ", " + segment.fromPosition() + ")");
            database.commit();
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
        DuckDBConnection connection = null;
        try {
            connection = database.duplicate();
            HistoryView.define(connection, sessionId);
            return connection;
        } catch (final SQLException e) {
            CloseHelper.quietClose(connection);
            throw failure(e);
        }
    }

    @Override
    public void close() {
        database.close();
    }

    private @Nullable MessageTable table(final int templateId) throws SQLException {
        if (!tables.containsKey(templateId)) {
            final List<Token> tokens = ir.getMessage(templateId);
            tables.put(templateId, tokens == null ? null : new MessageTable(database, header, tokens));
        }
        return tables.get(templateId);
    }

    private String changedPositions() {
        final StringJoiner rows = new StringJoiner(", ");
        changedPositions.forEachLong(
                (key, position) -> rows.add("(" + (int) (key >> 32) + ", " + (int) key + ", " + position + ")"));
        return rows.toString();
    }

    /** Whether the tables are those of this format and schema; an empty database becomes so. */
    private static boolean isOfThisForm(final HistoryDatabase database, final long fingerprint) throws SQLException {
        database.execute("CREATE TABLE IF NOT EXISTS store (format INTEGER, schema_fingerprint BIGINT)");
        try (ResultSet rows = database.query("SELECT format, schema_fingerprint FROM store")) {
            if (rows.next()) {
                return rows.getInt(1) == FORMAT && rows.getLong(2) == fingerprint;
            }
        }
        database.execute("INSERT INTO store VALUES (" + FORMAT + ", " + fingerprint + ")");
        return true;
    }

    /** Changes when any column could change. */
    static long fingerprint(final Ir ir) {
        final CRC32C crc = new CRC32C();
        for (final List<Token> tokens : ir.messages()) {
            final MessageLayout layout = MessageLayout.of(tokens);
            crc.update((tokens.get(0).id() + layout.toString()).getBytes(StandardCharsets.UTF_8));
        }
        return crc.getValue();
    }

    private static long key(final int streamId, final int sessionId) {
        return ((long) streamId << 32) | (sessionId & 0xFFFF_FFFFL);
    }

    private static StoreException failure(final SQLException e) {
        return new StoreException("history: " + HistoryDatabase.firstLine(e), e);
    }
}
