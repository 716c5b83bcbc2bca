package io.tendon.store.history;

import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.OtfHeaderDecoder;
import uk.co.real_logic.sbe.otf.OtfMessageDecoder;

/** One type of message: its rows and their figures. One owner thread. */
final class MessageTable {
    private static final String CAPTURE_TIME = "capture_time";
    private static final String SOURCE = "source";

    private final HistoryDatabase database;
    private final OtfHeaderDecoder header;
    private final List<Token> tokens;
    private final MessageLayout layout;
    private final Row row;
    private final RowListener listener;
    private final TableWriter writer;
    private final List<RollUp> rollUps = new ArrayList<>();
    private final int sourceColumn;

    /**
     * Opens the table, if it is there.
     *
     * @param database that holds it.
     * @param header of messages.
     * @param tokens of the type of message.
     * @param usualLengths of its arrays, for when it is made; null when they are not known.
     */
    MessageTable(
            final HistoryDatabase database,
            final OtfHeaderDecoder header,
            final List<Token> tokens,
            final int @Nullable [] usualLengths)
            throws SQLException {
        this.database = database;
        this.header = header;
        this.tokens = tokens;
        this.layout = MessageLayout.of(tokens);
        this.row = new Row(layout.columns());
        this.listener = new RowListener(layout, row);
        this.writer = new TableWriter(database, layout, usualLengths);
        this.sourceColumn = layout.indexOf(SOURCE);
        if (writer.exists()) {
            openRollUps(false);
        }
    }

    /** Reads a message; false when it cannot be one of this type. */
    boolean read(final RecordedMessage message) {
        final DirectBuffer buffer = message.buffer();
        final int offset = message.offset();
        final int version = header.getSchemaVersion(buffer, offset);
        listener.begin(version);
        try {
            final int end = OtfMessageDecoder.decode(
                    buffer,
                    offset + header.encodedLength(),
                    version,
                    header.getBlockLength(buffer, offset),
                    tokens,
                    listener);
            return end <= offset + message.lengthBytes();
        } catch (final IndexOutOfBoundsException | NegativeArraySizeException e) {
            return false;
        }
    }

    /** Whether there is such a table yet. */
    boolean exists() {
        return writer.exists();
    }

    /** How long its arrays are, see {@link TableWriter#length}. */
    int[] lengths() {
        return writer.lengths();
    }

    /** How many messages it holds, of a table that is there. */
    long countRows() throws SQLException {
        return number("SELECT count(*) FROM " + layout.tableName(), 0);
    }

    /** Latest capture time in a table that is there, ns since the epoch; the least when none has one. */
    long latestNs() throws SQLException {
        return layout.indexOf(CAPTURE_TIME) == -1
                ? Long.MIN_VALUE
                : number("SELECT epoch_ns(max(capture_time)) FROM " + layout.tableName(), Long.MIN_VALUE);
    }

    private long number(final String question, final long otherwise) throws SQLException {
        try (ResultSet row = database.query(question)) {
            row.next();
            return row.getObject(1) == null ? otherwise : row.getLong(1);
        }
    }

    /** Whether the message that was read can be appended without a change of tables. */
    boolean fits() {
        return writer.fits(row);
    }

    /**
     * Changes the tables so that the message that was read can be appended, in a transaction of its own: figures are kept of
     * arrays of one length, so that those of all rows are made again when one gets its length or loses it.
     */
    void fit() throws SQLException {
        database.begin();
        for (final RollUp rollUp : rollUps) {
            rollUp.drop();
        }
        rollUps.clear();
        writer.fit(row);
        openRollUps(true);
        database.commit();
    }

    /** Appends the message that was read. */
    void append(final RecordedMessage message) throws SQLException {
        final String stream = message.recording().streamName();
        final int sessionId = message.recording().sessionId();
        writer.append(stream, sessionId, message.position(), row);
        for (final RollUp rollUp : rollUps) {
            rollUp.add(stream, sessionId, message.position(), message.captureTimeNs(), source(), row);
        }
    }

    /** Deletes the rows of a segment of the recording. */
    void forget(final RecordingDescriptor recording, final PurgedSegment segment) throws SQLException {
        if (!writer.exists() || segment.messages() == 0) {
            return;
        }
        final String stream = recording.streamName();
        writer.flush();
        final String rows = " FROM " + layout.tableName() + " WHERE " + isOf(recording, segment);
        long firstNs = Long.MAX_VALUE;
        long lastNs = Long.MIN_VALUE;
        if (!rollUps.isEmpty()) {
            // The times of the rows, and not of the segment: another recording may hold a part of it.
            try (ResultSet times =
                    database.query("SELECT epoch_ns(min(capture_time)), epoch_ns(max(capture_time))" + rows)) {
                if (times.next() && times.getObject(1) != null) {
                    firstNs = times.getLong(1);
                    lastNs = times.getLong(2);
                }
            }
        }
        database.execute("DELETE" + rows);
        if (firstNs <= lastNs) {
            for (final RollUp rollUp : rollUps) {
                rollUp.forget(stream, recording.sessionId(), firstNs, lastNs);
            }
        }
    }

    /** Condition for the rows of a segment. */
    static String isOf(final RecordingDescriptor recording, final PurgedSegment segment) {
        return "stream = '" + HistoryDatabase.escaped(recording.streamName()) + "' AND session_id = "
                + recording.sessionId() + " AND position >= " + segment.fromPosition() + " AND position < "
                + segment.toPosition();
    }

    void flush() throws SQLException {
        writer.flush();
        for (final RollUp rollUp : rollUps) {
            rollUp.flush();
        }
    }

    private @Nullable String source() {
        return sourceColumn == -1 ? null : (String) row.values(sourceColumn).object(0);
    }

    private void openRollUps(final boolean isAnew) throws SQLException {
        if (layout.isRolledUp() && layout.indexOf(CAPTURE_TIME) != -1) {
            final List<RolledColumn> columns = RollUp.columns(layout, writer);
            for (final RollUpPeriod period : RollUpPeriod.values()) {
                final RollUp rollUp = new RollUp(database, layout.tableName(), period, columns);
                if (isAnew) {
                    rollUp.addAll();
                } else {
                    rollUp.resume();
                }
                rollUps.add(rollUp);
            }
        }
    }
}
