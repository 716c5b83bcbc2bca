package io.tendon.store.history;

import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.verify.MessageCheck;
import io.tendon.store.IndexCheck;
import io.tendon.store.IndexFinding;
import io.tendon.store.IndexLock;
import io.tendon.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Token;

/**
 * Holds the history against the log: it is read whole, so that each of its blocks is held against the engine's checksum;
 * each table has the rows of each writer's messages up to the position that it says, by number and by the exclusive or of their
 * positions; and the figures of seconds and minutes are of as many. It is opened to be read alone. One owner thread.
 */
public final class HistoryCheck implements IndexCheck {
    private static final String NAME = "history";
    private static final int MAX_FAULTS = 20;

    private final IndexLock lock;
    private final Connection connection;
    private final Ir ir;
    private final MessageCheck messages;
    private final List<RecordingDescriptor> recordings;
    private final Map<Long, Long> positions = new HashMap<>();
    private final Map<Long, Long> ends = new HashMap<>();
    private final Map<Rows, Tally> expected = new HashMap<>();
    private final List<IndexFinding> findings = new ArrayList<>();

    private HistoryCheck(
            final IndexLock lock,
            final Connection connection,
            final Ir ir,
            final List<RecordingDescriptor> recordings) {
        this.lock = lock;
        this.connection = connection;
        this.ir = ir;
        this.messages = new MessageCheck(ir);
        this.recordings = recordings;
    }

    /**
     * Opens the history of a session.
     *
     * @param directory of the session.
     * @param ir schema that it was recorded with.
     * @param recordings of the session.
     * @param findings is told when it cannot be opened.
     * @return the check; none when there is no history, or none that can be looked at.
     */
    public static Optional<HistoryCheck> open(
            final SessionDirectory directory,
            final Ir ir,
            final List<RecordingDescriptor> recordings,
            final Consumer<IndexFinding> findings) {
        final Path file = directory.index().resolve(HistoryIndex.FILE_NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        final IndexLock lock =
                IndexLock.tryAcquire(directory.index().resolve("lock")).orElse(null);
        if (lock == null) {
            findings.accept(IndexFinding.note(NAME, "is open in another process, and was not checked"));
            return Optional.empty();
        }
        HistoryCheck check = null;
        try {
            check = new HistoryCheck(lock, HistoryDatabase.openToRead(file), ir, recordings);
            if (check.isOfThisForm()) {
                check.readPositions();
                return Optional.of(check);
            }
            findings.accept(IndexFinding.note(
                    NAME,
                    "is of another format or schema; it is made again when it is asked next, and was not checked"));
        } catch (final SQLException e) {
            findings.accept(IndexFinding.fault(NAME, "cannot be read (" + HistoryDatabase.firstLine(e) + ")"));
        } catch (final StoreException e) {
            findings.accept(IndexFinding.note(NAME, "was not checked: " + e.getMessage()));
        }
        CloseHelper.quietCloseAll(check, lock);
        return Optional.empty();
    }

    @Override
    public void onMessage(final RecordedMessage message) {
        final RecordingDescriptor recording = message.recording();
        final long key = recording.publicationKey();
        ends.merge(key, message.nextPosition(), Math::max);
        if (!message.hasStamp()
                || message.position() >= positions.getOrDefault(key, 0L)
                || isPurged(recording.streamName(), recording.sessionId(), message.position())) {
            return;
        }
        final int templateId = MessageSchema.templateId(message.buffer(), message.offset());
        if (ir.getMessage(templateId) != null
                && messages.lengthBytes(message.buffer(), message.offset(), message.lengthBytes()) > 0) {
            expected.computeIfAbsent(
                            new Rows(templateId, recording.streamName(), recording.sessionId()), rows -> new Tally())
                    .add(message.position());
        }
    }

    @Override
    public List<IndexFinding> finish() {
        positions.forEach((key, position) -> {
            if (position > ends.getOrDefault(key, 0L)) {
                fault("says of stream " + (key >> 32) + ", session " + (int) (long) key + " that it is at " + position
                        + ", the log ends at " + ends.getOrDefault(key, 0L));
            }
        });
        try {
            readWhole();
            compare();
        } catch (final SQLException e) {
            fault("cannot be read (" + HistoryDatabase.firstLine(e) + ")");
        }
        return findings;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(connection, lock);
    }

    private boolean isOfThisForm() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT format, schema_fingerprint FROM store")) {
            return rows.next()
                    && rows.getInt(1) == HistoryIndex.FORMAT
                    && rows.getLong(2) == HistoryIndex.fingerprint(ir);
        }
    }

    private void readPositions() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT stream_id, session_id, position FROM log_position")) {
            while (rows.next()) {
                positions.put(((long) rows.getInt(1) << 32) | (rows.getInt(2) & 0xFFFF_FFFFL), rows.getLong(3));
            }
        }
    }

    /** A block is held against its checksum when it is read; to hash each row needs all of them. */
    private void readWhole() throws SQLException {
        for (final String table : tables()) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT bit_xor(hash(t)) FROM " + table + " t")) {
                rows.next();
            }
        }
    }

    private List<String> tables() throws SQLException {
        final List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT table_name FROM duckdb_tables() WHERE database_name = '"
                        + HistoryDatabase.NAME + "' ORDER BY 1")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private void compare() throws SQLException {
        final List<String> tables = tables();
        final Map<String, Map<Rows, Tally>> byTable = new TreeMap<>();
        for (final List<Token> tokens : ir.messages()) {
            final Map<Rows, Tally> wanted = new HashMap<>();
            expected.forEach((rows, tally) -> {
                if (rows.templateId == tokens.get(0).id()) {
                    wanted.put(new Rows(0, rows.stream, rows.sessionId), tally);
                }
            });
            byTable.put(MessageLayout.of(tokens).tableName(), wanted);
        }
        for (final Map.Entry<String, Map<Rows, Tally>> table : byTable.entrySet()) {
            final Map<Rows, Tally> present =
                    tables.contains(table.getKey()) ? present(table.getKey()) : new HashMap<>();
            compare(table.getKey(), table.getValue(), present);
            for (final RollUpPeriod period : RollUpPeriod.values()) {
                final String rolled = period.tableOf(table.getKey());
                if (tables.contains(rolled)
                        && recordings.stream()
                                .allMatch(recording -> recording.purged().isEmpty())) {
                    compareFigures(rolled, present);
                }
            }
        }
    }

    private void compare(final String table, final Map<Rows, Tally> wanted, final Map<Rows, Tally> present) {
        final Map<Rows, Tally> all = new HashMap<>(present);
        all.putAll(wanted);
        for (final Rows rows : all.keySet()) {
            final Tally want = wanted.getOrDefault(rows, new Tally());
            final Tally have = present.getOrDefault(rows, new Tally());
            if (want.count != have.count) {
                fault("table " + table + " has " + have.count + " rows of " + rows.text() + ", the log " + want.count);
            } else if (want.positions != have.positions) {
                fault("table " + table + " has other rows of " + rows.text() + " than the log");
            }
        }
    }

    private Map<Rows, Tally> present(final String table) throws SQLException {
        final StringBuilder isPresent = new StringBuilder("true");
        for (final RecordingDescriptor recording : recordings) {
            for (final PurgedSegment segment : recording.purged()) {
                isPresent
                        .append(" AND NOT (stream = '")
                        .append(HistoryDatabase.escaped(recording.streamName()))
                        .append("' AND session_id = ")
                        .append(recording.sessionId())
                        .append(" AND position >= ")
                        .append(segment.fromPosition())
                        .append(" AND position < ")
                        .append(segment.toPosition())
                        .append(')');
            }
        }
        final Map<Rows, Tally> present = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT stream, session_id, count(*),"
                        + " bit_xor(position) FROM " + table + " WHERE " + isPresent + " GROUP BY 1, 2")) {
            while (rows.next()) {
                final Tally tally = new Tally();
                tally.count = rows.getLong(3);
                tally.positions = rows.getLong(4);
                present.put(new Rows(0, rows.getString(1), rows.getInt(2)), tally);
            }
        }
        return present;
    }

    private void compareFigures(final String table, final Map<Rows, Tally> present) throws SQLException {
        final Map<Rows, Long> counts = new HashMap<>();
        final String amounts = " stream, session_id, \"rows\" AS amount FROM ";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT stream, session_id, sum(amount)::BIGINT FROM (SELECT"
                        + amounts + table + " UNION ALL SELECT" + amounts + table + "_open) GROUP BY 1, 2")) {
            while (rows.next()) {
                counts.put(new Rows(0, rows.getString(1), rows.getInt(2)), rows.getLong(3));
            }
        }
        final Map<Rows, Long> wanted = new HashMap<>();
        present.forEach((rows, tally) -> wanted.put(rows, tally.count));
        if (!counts.equals(wanted)) {
            fault("table " + table + " has figures of other rows than there are");
        }
    }

    private boolean isPurged(final String stream, final int sessionId, final long position) {
        for (final RecordingDescriptor recording : recordings) {
            if (recording.sessionId() == sessionId
                    && recording.streamName().equals(stream)
                    && recording.behindPurged(position) != position) {
                return true;
            }
        }
        return false;
    }

    private void fault(final String text) {
        if (findings.size() < MAX_FAULTS) {
            findings.add(IndexFinding.fault(NAME, text));
        }
    }

    private record Rows(int templateId, String stream, int sessionId) {
        String text() {
            return stream + ", session " + sessionId;
        }
    }

    /** How many messages, and the exclusive or of their positions. */
    private static final class Tally {
        private long count;
        private long positions;

        void add(final long position) {
            count++;
            positions ^= position;
        }
    }
}
