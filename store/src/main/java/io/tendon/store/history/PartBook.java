package io.tendon.store.history;

import io.tendon.sessionlog.recording.PurgedSegment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What the last part of a history says of all of it: which parts there are, so that one that is gone is missed, and which
 * segments of the recording were deleted and their rows with them. One owner thread.
 */
final class PartBook {
    private final Set<Long> parts = new HashSet<>();
    private final Set<Segment> purged = new HashSet<>();

    /** Reads it; empty when the part was never the last. */
    static PartBook read(final HistoryDatabase database) throws SQLException {
        final PartBook book = new PartBook();
        try (ResultSet row = database.query("SELECT from_ns FROM part")) {
            while (row.next()) {
                book.parts.add(row.getLong(1));
            }
        }
        try (ResultSet row = database.query("SELECT recording_id, from_position FROM purged")) {
            while (row.next()) {
                book.purged.add(new Segment(row.getLong(1), row.getLong(2)));
            }
        }
        return book;
    }

    /** Makes its tables. */
    static void create(final HistoryDatabase database) throws SQLException {
        database.execute("CREATE TABLE part (from_ns BIGINT)");
        database.execute("CREATE TABLE purged (recording_id BIGINT, from_position BIGINT)");
    }

    /** Writes it in the place of what is there, in the transaction if one is open. */
    void write(final HistoryDatabase database) throws SQLException {
        database.execute("DELETE FROM part");
        for (final long fromNs : parts) {
            database.execute("INSERT INTO part VALUES (" + fromNs + ")");
        }
        database.execute("DELETE FROM purged");
        for (final Segment segment : purged) {
            database.execute("INSERT INTO purged VALUES (" + segment.recordingId + ", " + segment.fromPosition + ")");
        }
    }

    /** Where the parts begin, ns since the epoch. */
    Set<Long> parts() {
        return Set.copyOf(parts);
    }

    /** Says which parts there are. */
    void setParts(final Collection<Long> fromNs) {
        parts.clear();
        parts.addAll(fromNs);
    }

    /** Notes that the rows of a segment are deleted; false when that is known. */
    boolean purge(final PurgedSegment segment) {
        return purged.add(new Segment(segment.recordingId(), segment.fromPosition()));
    }

    private record Segment(long recordingId, long fromPosition) {}
}
