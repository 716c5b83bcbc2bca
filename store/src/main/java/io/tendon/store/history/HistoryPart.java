package io.tendon.store.history;

import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.zip.CRC32C;
import org.agrona.CloseHelper;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.OtfHeaderDecoder;

/**
 * The messages of a part of a session's history that can take more: its tables, and up to which position of each writer's log
 * it has all that were captured in its time. One owner thread.
 */
final class HistoryPart implements AutoCloseable {
    /** Of the tables. */
    static final int FORMAT = 2;

    private static final long MISSING_POSITION = 0;

    private final PartFile file;
    private final HistoryDatabase database;
    private final Ir ir;
    private final OtfHeaderDecoder header;
    private final Map<Integer, int[]> usualLengths;
    private final Map<Integer, @Nullable MessageTable> tables = new HashMap<>();
    private final Long2LongHashMap positions = new Long2LongHashMap(MISSING_POSITION);
    private @Nullable MessageTable table;
    private boolean isFollowing;
    private boolean hasChanged;
    private long rows;
    private long latestNs = Long.MIN_VALUE;

    private HistoryPart(
            final PartFile file, final HistoryDatabase database, final Ir ir, final Map<Integer, int[]> usualLengths) {
        this.file = file;
        this.database = database;
        this.ir = ir;
        this.header = new OtfHeaderDecoder(ir.headerStructure());
        this.usualLengths = new HashMap<>(usualLengths);
    }

    /**
     * Opens one: each of its tables when it follows the recording, else those that are needed.
     *
     * @param file of it.
     * @param database of it, closed with this.
     * @param ir schema of the session.
     * @return the part; nothing when it is empty or of another form, and the database stays open then.
     */
    static Optional<HistoryPart> open(final PartFile file, final HistoryDatabase database, final Ir ir)
            throws SQLException {
        try {
            return tryOpen(file, database, ir);
        } catch (final SQLException e) {
            // An engine that anybody is connected to keeps its files.
            CloseHelper.quietClose(database);
            throw e;
        }
    }

    private static Optional<HistoryPart> tryOpen(final PartFile file, final HistoryDatabase database, final Ir ir)
            throws SQLException {
        if (!isOfThisForm(database, ir)) {
            return Optional.empty();
        }
        final HistoryPart part = new HistoryPart(file, database, ir, Map.of());
        part.isFollowing = isFollowing(database);
        part.positions.putAll(positions(database));
        if (part.isFollowing) {
            // Those that stand there already go on with their open spans.
            part.openTables();
            part.rows = part.countRows();
        }
        return Optional.of(part);
    }

    /**
     * Makes one that holds nothing yet, and follows the recording.
     *
     * @param file of it.
     * @param database that is empty, closed with this.
     * @param ir schema of the session.
     * @param usualLengths of arrays, by type of message, see {@link #lengths}.
     * @param positions from which on all is fed.
     * @param book of the history.
     * @return the part.
     */
    static HistoryPart begin(
            final PartFile file,
            final HistoryDatabase database,
            final Ir ir,
            final Map<Integer, int[]> usualLengths,
            final Long2LongHashMap positions,
            final PartBook book)
            throws SQLException {
        try {
            makeTables(database, ir, book);
            final HistoryPart part = new HistoryPart(file, database, ir, usualLengths);
            part.isFollowing = true;
            part.commit(positions);
            return part;
        } catch (final SQLException e) {
            CloseHelper.quietClose(database);
            throw e;
        }
    }

    private static void makeTables(final HistoryDatabase database, final Ir ir, final PartBook book)
            throws SQLException {
        database.begin();
        database.execute("CREATE TABLE store (format INTEGER, schema_fingerprint BIGINT, is_following BOOLEAN)");
        database.execute("INSERT INTO store VALUES (" + FORMAT + ", " + fingerprint(ir) + ", true)");
        database.execute("CREATE TABLE log_position (stream_id INTEGER, session_id INTEGER, position BIGINT,"
                + " PRIMARY KEY (stream_id, session_id))");
        PartBook.create(database);
        book.write(database);
    }

    /** Whether the tables are those of this format and schema. */
    static boolean isOfThisForm(final HistoryDatabase database, final Ir ir) throws SQLException {
        if (database.isEmpty()) {
            return false;
        }
        try (ResultSet row = database.query("SELECT format, schema_fingerprint FROM store")) {
            return row.next() && row.getInt(1) == FORMAT && row.getLong(2) == fingerprint(ir);
        }
    }

    /** Whether a part says that it follows the recording. */
    static boolean isFollowing(final HistoryDatabase database) throws SQLException {
        try (ResultSet row = database.query("SELECT is_following FROM store")) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Position of each writer's life that a part says, by {@link RecordingDescriptor#publicationKey}. */
    static Map<Long, Long> positions(final HistoryDatabase database) throws SQLException {
        final Map<Long, Long> positions = new HashMap<>();
        try (ResultSet row = database.query("SELECT stream_id, session_id, position FROM log_position")) {
            while (row.next()) {
                positions.put(((long) row.getInt(1) << 32) | (row.getInt(2) & 0xFFFF_FFFFL), row.getLong(3));
            }
        }
        return positions;
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

    /** Its file. */
    PartFile file() {
        return file;
    }

    /** Position from which on it wants a writer's messages that were captured in its time. */
    long position(final long publicationKey) {
        return positions.get(publicationKey);
    }

    /** Positions of all writers that it knows of; not to be changed. */
    Long2LongHashMap positions() {
        return positions;
    }

    /** How long the arrays of its tables are, by type of message and column; so that those of the next part are alike. */
    Map<Integer, int[]> lengths() {
        tables.forEach((templateId, table) -> {
            if (table != null && table.exists()) {
                usualLengths.put(templateId, table.lengths());
            }
        });
        return usualLengths;
    }

    /** Whether its positions are those of all writers, wherever their messages went. */
    boolean isFollowing() {
        return isFollowing;
    }

    /** Whether it holds what was not committed. */
    boolean hasChanged() {
        return hasChanged;
    }

    /** Messages that it holds; of one that does not follow those that it took in since it was opened. */
    long rows() {
        return rows;
    }

    /** Reads a message; false when it is of an unknown type, or ends before its fields do. */
    boolean read(final RecordedMessage message) throws SQLException {
        table = table(MessageSchema.templateId(message.buffer(), message.offset()));
        return table != null && table.read(message);
    }

    /** Whether the message that was read can be appended without a change of tables. */
    boolean fits() {
        return read().fits();
    }

    /** Changes the tables so that it can be; nothing may be uncommitted. */
    void fit() throws SQLException {
        read().fit();
    }

    /** Takes in the message that was read. */
    void append(final RecordedMessage message) throws SQLException {
        database.begin();
        read().append(message);
        hasChanged = true;
        rows++;
        latestNs = Math.max(latestNs, message.captureTimeNs());
    }

    private MessageTable read() {
        return Objects.requireNonNull(table, "read has not returned true");
    }

    /**
     * Stores what was taken in.
     *
     * @param reached positions behind what was fed, of the writers that were.
     */
    void commit(final Long2LongHashMap reached) throws SQLException {
        database.begin();
        for (final MessageTable table : tables.values()) {
            if (table != null) {
                table.flush();
            }
        }
        final StringJoiner changed = new StringJoiner(", ");
        reached.forEachLong((key, position) -> {
            if (position > positions.get(key)) {
                positions.put(key, position);
                changed.add("(" + (int) (key >> 32) + ", " + (int) key + ", " + position + ")");
            }
        });
        if (changed.length() > 0) {
            database.execute("INSERT OR REPLACE INTO log_position VALUES " + changed);
        }
        database.commit();
        hasChanged = false;
    }

    /** Says whether it follows the recording from now on; nothing may be uncommitted. */
    void follow(final boolean isToFollow) throws SQLException {
        database.execute("UPDATE store SET is_following = " + isToFollow);
        isFollowing = isToFollow;
    }

    /**
     * Deletes the rows of a segment of the recording; nothing may be uncommitted.
     *
     * @return whether there are rows left.
     */
    boolean forget(final RecordingDescriptor recording, final PurgedSegment segment) throws SQLException {
        openTables();
        database.begin();
        for (final MessageTable table : tables.values()) {
            if (table != null) {
                table.forget(recording, segment);
                table.flush();
            }
        }
        database.commit();
        return countRows() > 0;
    }

    /** How many messages are in a part that is only read. */
    long countMessages() throws SQLException {
        return countMessages("true");
    }

    /** How many of them are of a segment of the recording. */
    long countMessages(final RecordingDescriptor recording, final PurgedSegment segment) throws SQLException {
        return countMessages(MessageTable.isOf(recording, segment));
    }

    private long countMessages(final String condition) throws SQLException {
        final Set<String> present = new HashSet<>();
        try (ResultSet rows = database.query(
                "SELECT table_name FROM duckdb_tables() WHERE database_name = '" + database.name() + "'")) {
            while (rows.next()) {
                present.add(rows.getString(1));
            }
        }
        long count = 0;
        for (final List<Token> tokens : ir.messages()) {
            final String table = MessageLayout.of(tokens).tableName();
            if (present.contains(table)) {
                try (ResultSet row = database.query("SELECT count(*) FROM " + table + " WHERE " + condition)) {
                    row.next();
                    count += row.getLong(1);
                }
            }
        }
        return count;
    }

    /** What it says of the history, if it is the last part. */
    PartBook book() throws SQLException {
        return PartBook.read(database);
    }

    /** Says something else of the history; nothing may be uncommitted. */
    void write(final PartBook book) throws SQLException {
        database.begin();
        book.write(database);
        database.commit();
    }

    /** Whether it was fed as much as another one that follows. */
    boolean isLevelWith(final HistoryPart other) {
        for (final Long2LongHashMap.KeyIterator keys = other.positions.keySet().iterator(); keys.hasNext(); ) {
            final long key = keys.nextValue();
            if (positions.get(key) < other.positions.get(key)) {
                return false;
            }
        }
        return true;
    }

    /** Latest capture time of its messages, ns since the epoch; the least when there are none. */
    long latestNs() {
        return latestNs;
    }

    @Override
    public void close() {
        database.close();
    }

    private @Nullable MessageTable table(final int templateId) throws SQLException {
        if (!tables.containsKey(templateId)) {
            final List<Token> tokens = ir.getMessage(templateId);
            tables.put(
                    templateId,
                    tokens == null ? null : new MessageTable(database, header, tokens, usualLengths.get(templateId)));
        }
        return tables.get(templateId);
    }

    private void openTables() throws SQLException {
        for (final List<Token> tokens : ir.messages()) {
            table(tokens.get(0).id());
        }
    }

    private long countRows() throws SQLException {
        long count = 0;
        for (final MessageTable table : tables.values()) {
            if (table != null && table.exists()) {
                count += table.countRows();
                latestNs = Math.max(latestNs, table.latestNs());
            }
        }
        return count;
    }
}
