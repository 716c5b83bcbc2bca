package io.tendon.store.history;

import io.tendon.sessionlog.recording.DurableFiles;
import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.agrona.CloseHelper;

/**
 * A part in its other form, which grows by a slice at a time beside it and then takes its place. Until then the part is as it
 * was, and from then on the copy is all of it, wherever the process is killed between. One owner thread.
 */
final class PartCopy implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PartCopy.class.getName());

    private final HistoryEngine engine;
    private final PartFile part;
    private final PartFile target;
    private final long sliceRows;
    private final HistoryDatabase copy;
    private final List<String> tables = new ArrayList<>();
    private final Deque<String> remaining;
    private long nextRow;
    private boolean isDetached;
    private boolean hasTakenPlace;

    private PartCopy(final HistoryEngine engine, final PartFile part, final long sliceRows, final HistoryDatabase copy)
            throws SQLException {
        this.engine = engine;
        this.part = part;
        this.target = part.inOtherForm();
        this.sliceRows = sliceRows;
        this.copy = copy;
        makeTables();
        this.remaining = new ArrayDeque<>(tables);
    }

    /**
     * Begins one, with the tables and no rows.
     *
     * @param engine of the history.
     * @param part that is copied, and which nobody changes until this is closed.
     * @param sliceRows how many rows are copied at a time.
     * @return the copy, closed by the caller.
     */
    static PartCopy begin(final HistoryEngine engine, final PartFile part, final long sliceRows) throws SQLException {
        engine.detachCopy(part);
        part.inOtherForm().delete();
        engine.attach(part);
        HistoryDatabase copy = null;
        engine.attachCopy(part.inOtherForm());
        try {
            copy = engine.databaseOfCopy(part);
            return new PartCopy(engine, part, sliceRows, copy);
        } catch (final SQLException e) {
            // What is attached or left now goes when it is begun again.
            CloseHelper.quietClose(copy);
            throw e;
        }
    }

    private void makeTables() throws SQLException {
        final List<String> definitions = new ArrayList<>();
        try (ResultSet rows = copy.query("SELECT table_name, sql FROM duckdb_tables() WHERE database_name = '"
                + part.name() + "' ORDER BY table_name")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
                definitions.add(rows.getString(2));
            }
        }
        for (final String definition : definitions) {
            copy.execute(definition);
        }
    }

    /** Of which part. */
    PartFile part() {
        return part;
    }

    /**
     * Copies the next slice, and brings it to the device, so that the last one has not to wait for all of them.
     *
     * @return whether there is more to copy.
     */
    boolean step() throws SQLException, IOException {
        if (remaining.isEmpty()) {
            return false;
        }
        engine.attach(part);
        long rows = 0;
        while (rows < sliceRows && !remaining.isEmpty()) {
            rows += copySlice(remaining.element());
        }
        DurableFiles.force(target.copyPath());
        return !remaining.isEmpty();
    }

    /** In the order of the rows, which is that in which they were taken in. */
    private long copySlice(final String table) throws SQLException {
        final String from = part.name() + ".main." + table;
        final long fromRow = nextRow;
        final long endRow = number("SELECT coalesce(max(rowid) + 1, 0) FROM " + from);
        final long toRow = Math.min(fromRow + sliceRows, endRow);
        if (toRow > fromRow) {
            copy.execute("INSERT INTO " + table + " SELECT * FROM " + from + " WHERE rowid >= " + fromRow
                    + " AND rowid < " + toRow);
        }
        nextRow = toRow;
        if (toRow == endRow) {
            remaining.remove();
            nextRow = 0;
        }
        return toRow - fromRow;
    }

    /**
     * Puts the whole copy in the part's place, attached under its name. Whoever reads the part does so to the end; a question
     * that comes between the two, which follow each other at once, fails.
     *
     * @return its file.
     * @throws StoreException when the copy is not like the part, which stays as it is then.
     */
    PartFile takePlace() throws SQLException, IOException {
        for (final String table : tables) {
            final long rows = number("SELECT count(*) FROM " + part.name() + ".main." + table);
            final long copied = number("SELECT count(*) FROM " + table);
            if (copied != rows) {
                throw new StoreException(
                        target.copyPath() + ": has " + copied + " rows of " + table + " instead of " + rows);
            }
        }
        // To take the database off would do so, too, and say nothing when it cannot.
        copy.execute("CHECKPOINT " + target.copyName());
        detach();
        if (target.hasCopyLog()) {
            throw new StoreException(target.copyPath()
                    + ": is read by somebody, and its last transactions are not in it yet; try again");
        }
        final Path file = target.copyPath();
        DurableFiles.force(file);
        Files.move(file, target.path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        hasTakenPlace = true;
        engine.detach(part);
        engine.attach(target);
        deletePart();
        return target;
    }

    /** Where it cannot be, both forms stay, and say the same until one is written: the other one is deleted before that. */
    private void deletePart() {
        try {
            DurableFiles.forceDirectory(target.path());
            part.delete();
        } catch (final IOException | StoreException e) {
            LOG.log(System.Logger.Level.WARNING, "event=left-behind file=" + part.path() + " cause=" + e);
        }
    }

    private long number(final String question) throws SQLException {
        try (ResultSet row = copy.query(question)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void detach() throws SQLException {
        if (!isDetached) {
            copy.close();
            engine.detachCopy(part);
            isDetached = true;
        }
    }

    /** Deletes the copy, unless it has taken the part's place. */
    @Override
    public void close() throws SQLException {
        detach();
        if (!hasTakenPlace) {
            target.delete();
        }
    }
}
