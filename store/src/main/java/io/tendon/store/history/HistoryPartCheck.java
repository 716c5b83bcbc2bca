package io.tendon.store.history;

import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.verify.MessageCheck;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Token;

/**
 * Holds a part of a history against the log: it is read whole, so that each of its blocks is held against the engine's
 * checksum; each table has the rows of each writer's messages up to the position that it says, by number and by the exclusive
 * or of their positions; and the figures of seconds and minutes are of as many. One owner thread.
 */
final class HistoryPartCheck {
    private final PartFile file;
    private final HistoryEngine engine;
    private final Ir ir;
    private final MessageCheck messages;
    private final List<RecordingDescriptor> recordings;
    private final Map<Long, Long> positions = new HashMap<>();
    private final Map<Rows, Tally> expected = new HashMap<>();
    private PartBook book = new PartBook();
    private boolean isOfThisForm;
    private boolean isFollowing;

    /**
     * A check that has seen nothing yet.
     *
     * @param file of the part.
     * @param engine to read it with.
     * @param ir schema that the session was recorded with.
     * @param recordings of the session.
     */
    HistoryPartCheck(
            final PartFile file, final HistoryEngine engine, final Ir ir, final List<RecordingDescriptor> recordings) {
        this.file = file;
        this.engine = engine;
        this.ir = ir;
        this.messages = new MessageCheck(ir);
        this.recordings = recordings;
    }

    /**
     * Reads what the part says of itself; before the first message.
     *
     * @throws SQLException when it cannot be read.
     */
    void begin() throws SQLException {
        engine.attach(file);
        try (HistoryDatabase database = engine.database(file)) {
            isOfThisForm = HistoryPart.isOfThisForm(database, ir);
            if (isOfThisForm) {
                book = PartBook.read(database);
                isFollowing = HistoryPart.isFollowing(database);
                positions.putAll(HistoryPart.positions(database));
            }
        } finally {
            engine.detach(file);
        }
    }

    /** Its file. */
    PartFile file() {
        return file;
    }

    /** Whether it is of the present format and the session's schema. */
    boolean isOfThisForm() {
        return isOfThisForm;
    }

    /** Whether it says that it follows the recording. */
    boolean isFollowing() {
        return isFollowing;
    }

    /** What it says of the history. */
    PartBook book() {
        return book;
    }

    /** Takes note of a message that was captured in its time. */
    void onMessage(final RecordedMessage message) {
        final RecordingDescriptor recording = message.recording();
        if (message.position() >= positions.getOrDefault(recording.publicationKey(), 0L)
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

    /**
     * Compares, once all messages were given.
     *
     * @param ends of the writers' logs, by the keys of publications.
     * @param faults is told, in one line each.
     */
    void finish(final Map<Long, Long> ends, final Consumer<String> faults) {
        positions.forEach((key, position) -> {
            if (position > ends.getOrDefault(key, 0L)) {
                faults.accept("says of stream " + (key >> 32) + ", session " + (int) (long) key + " that it is at "
                        + position + ", the log ends at " + ends.getOrDefault(key, 0L));
            }
        });
        try {
            engine.attach(file);
            try (HistoryDatabase database = engine.database(file)) {
                final List<String> tables = tables(database);
                readWhole(database, tables);
                compare(database, tables, faults);
            } finally {
                engine.detach(file);
            }
        } catch (final SQLException e) {
            faults.accept("cannot be read (" + HistoryDatabase.firstLine(e) + ")");
        }
    }

    /** A block is held against its checksum when it is read; to hash each row needs all of them. */
    private static void readWhole(final HistoryDatabase database, final List<String> tables) throws SQLException {
        for (final String table : tables) {
            try (ResultSet rows = database.query("SELECT bit_xor(hash(t)) FROM " + table + " t")) {
                rows.next();
            }
        }
    }

    private List<String> tables(final HistoryDatabase database) throws SQLException {
        final List<String> tables = new ArrayList<>();
        try (ResultSet rows = database.query(
                "SELECT table_name FROM duckdb_tables() WHERE database_name = '" + file.name() + "' ORDER BY 1")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private void compare(final HistoryDatabase database, final List<String> tables, final Consumer<String> faults)
            throws SQLException {
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
                    tables.contains(table.getKey()) ? present(database, table.getKey()) : new HashMap<>();
            compare(table.getKey(), table.getValue(), present, faults);
            for (final RollUpPeriod period : RollUpPeriod.values()) {
                final String rolled = period.tableOf(table.getKey());
                if (tables.contains(rolled)
                        && recordings.stream()
                                .allMatch(recording -> recording.purged().isEmpty())) {
                    compareFigures(database, rolled, present, faults);
                }
            }
        }
    }

    private static void compare(
            final String table,
            final Map<Rows, Tally> wanted,
            final Map<Rows, Tally> present,
            final Consumer<String> faults) {
        final Map<Rows, Tally> all = new HashMap<>(present);
        all.putAll(wanted);
        for (final Rows rows : all.keySet()) {
            final Tally want = wanted.getOrDefault(rows, new Tally());
            final Tally have = present.getOrDefault(rows, new Tally());
            if (want.count != have.count) {
                faults.accept("table " + table + " has " + have.count + " rows of " + rows.text() + ", the log "
                        + want.count);
            } else if (want.positions != have.positions) {
                faults.accept("table " + table + " has other rows of " + rows.text() + " than the log");
            }
        }
    }

    private Map<Rows, Tally> present(final HistoryDatabase database, final String table) throws SQLException {
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
        try (ResultSet rows = database.query("SELECT stream, session_id, count(*), bit_xor(position) FROM " + table
                + " WHERE " + isPresent + " GROUP BY 1, 2")) {
            while (rows.next()) {
                final Tally tally = new Tally();
                tally.count = rows.getLong(3);
                tally.positions = rows.getLong(4);
                present.put(new Rows(0, rows.getString(1), rows.getInt(2)), tally);
            }
        }
        return present;
    }

    private static void compareFigures(
            final HistoryDatabase database,
            final String table,
            final Map<Rows, Tally> present,
            final Consumer<String> faults)
            throws SQLException {
        final Map<Rows, Long> counts = new HashMap<>();
        final String amounts = " stream, session_id, \"rows\" AS amount FROM ";
        try (ResultSet rows = database.query("SELECT stream, session_id, sum(amount)::BIGINT FROM (SELECT" + amounts
                + table + " UNION ALL SELECT" + amounts + table + "_open) GROUP BY 1, 2")) {
            while (rows.next()) {
                counts.put(new Rows(0, rows.getString(1), rows.getInt(2)), rows.getLong(3));
            }
        }
        final Map<Rows, Long> wanted = new HashMap<>();
        present.forEach((rows, tally) -> wanted.put(rows, tally.count));
        if (!counts.equals(wanted)) {
            faults.accept("table " + table + " has figures of other rows than there are");
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
