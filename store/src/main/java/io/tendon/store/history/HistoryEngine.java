package io.tendon.store.history;

import io.tendon.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;

/**
 * An instance of DuckDB of its own, whose memory and threads are bounded, with the databases of one session attached. What
 * is damaged is set aside: first its write-ahead log, whose last transactions may be torn, then all of it; what is missing
 * then is made again from the recording. What a full disk, a missing right or another process is to blame for stays as it is.
 * One owner thread.
 */
final class HistoryEngine implements AutoCloseable {
    /** Rows of one block: a checkpoint writes the last block anew, and the default one of 122,880 rows takes its memory. */
    private static final int ROW_GROUP_ROWS = 16_384;

    /** With larger ones the columns that are being filled do not fit into the memory that the engine may take. */
    private static final int BLOCK_BYTES = 16_384;

    /** The same of a sealed part: the engine keeps a note of each block that it has read, in memory. */
    private static final int SEALED_ROW_GROUP_ROWS = 61_440;

    private static final int SEALED_BLOCK_BYTES = 262_144;

    /** What the engine says when the machine is at fault, and not the file. */
    private static final List<String> FAULTS_OF_THE_MACHINE = List.of(
            "Cannot open file",
            "Could not set lock",
            "already attached",
            "No space left",
            "Too many open files",
            "Out of Memory",
            "failed to allocate");

    private static final String READ_ONLY = "READ_ONLY, ";

    private final DuckDBConnection root;
    private final String access;
    private final Map<String, PartFile> attached = new HashMap<>();

    private HistoryEngine(final DuckDBConnection root, final String access) {
        this.root = root;
        this.access = access;
    }

    /** Starts an instance with nothing attached. */
    static HistoryEngine start(final EngineLimits limits) throws SQLException {
        return start(limits, "");
    }

    /** Starts an instance with nothing attached, which changes nothing. */
    static HistoryEngine startToRead(final EngineLimits limits) throws SQLException {
        return start(limits, READ_ONLY);
    }

    private static HistoryEngine start(final EngineLimits limits, final String access) throws SQLException {
        final Properties properties = new Properties();
        // One chunk of an answer after the other, instead of all of it in memory.
        properties.setProperty("jdbc_stream_results", "true");
        final HistoryEngine engine = new HistoryEngine(connect(properties), access);
        try (Statement statement = engine.root.createStatement()) {
            limits.apply(statement);
            statement.execute("SET default_block_size = '" + BLOCK_BYTES + "'");
            return engine;
        } catch (final SQLException e) {
            engine.close();
            throw e;
        }
    }

    /** An instance of the engine; says what is missing when there is none for this machine. */
    static DuckDBConnection connect(final Properties properties) throws SQLException {
        try {
            return (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
        } catch (final LinkageError e) {
            throw new StoreException(
                    "history: DuckDB's library for this machine cannot be loaded (" + e
                            + "); it must stand beside its jar, lib/libduckdb_java.so_linux_amd64 or _arm64",
                    e);
        }
    }

    /**
     * Attaches a part that was looked at before, in the place of its other form; nothing when it is attached.
     *
     * @throws StoreException when it is gone, or cannot be opened any more.
     */
    void attach(final PartFile part) throws SQLException {
        if (!isAttached(part)) {
            detach(part);
            if (!Files.exists(part.path())) {
                throw new StoreException(part.path() + ": is gone; open the session anew, which makes it again");
            }
            attachOrMake(part);
        }
    }

    /**
     * Attaches a part, making it if it is an open one that is not there.
     *
     * @param notices is told, in one line each, what was set aside.
     * @return whether it is attached; false of a sealed one that was set aside.
     * @throws StoreException when it cannot be opened nor made.
     */
    boolean attachOrSetAside(final PartFile part, final Consumer<String> notices) {
        for (final String suffix : part.isSealed() ? List.of("") : List.of(".wal", "", "")) {
            try {
                attachOrMake(part);
                return true;
            } catch (final SQLException e) {
                if (isFaultOfTheMachine(e)) {
                    throw unopenable(part.path(), e);
                }
                part.setAside(suffix, "cannot be opened (" + HistoryDatabase.firstLine(e) + ")", notices);
            }
        }
        if (part.isSealed()) {
            return false;
        }
        throw new StoreException(part.path() + ": cannot be opened, nor made anew; check its directory");
    }

    private void attachOrMake(final PartFile part) throws SQLException {
        execute("ATTACH '" + HistoryDatabase.escaped(part.path().toString()) + "' AS " + part.name() + " ("
                + (part.isSealed() ? READ_ONLY : access) + "ROW_GROUP_SIZE " + ROW_GROUP_ROWS + ")");
        attached.put(part.name(), part);
    }

    /** Whether a part is attached, in this form. */
    boolean isAttached(final PartFile part) {
        return part.equals(attached.get(part.name()));
    }

    /** Attaches a part that is going to grow, empty, beside its other form. */
    void attachCopy(final PartFile part) throws SQLException {
        execute("ATTACH '" + HistoryDatabase.escaped(part.copyPath().toString()) + "' AS " + part.copyName()
                + " (ROW_GROUP_SIZE " + (part.isSealed() ? SEALED_ROW_GROUP_ROWS : ROW_GROUP_ROWS) + ", BLOCK_SIZE "
                + (part.isSealed() ? SEALED_BLOCK_BYTES : BLOCK_BYTES) + ")");
    }

    /** Takes it off, if it is attached. */
    void detachCopy(final PartFile part) throws SQLException {
        execute("DETACH DATABASE IF EXISTS " + part.copyName());
    }

    /** Takes a part off, if it is attached, in whichever form. Whoever still reads it does so to the end. */
    void detach(final PartFile part) throws SQLException {
        if (attached.containsKey(part.name())) {
            execute("DETACH " + part.name());
            attached.remove(part.name());
        }
    }

    /** A connection that writes into an attached part; the instance lives on until it is closed. */
    HistoryDatabase database(final PartFile part) throws SQLException {
        return database(part.name());
    }

    /** One that writes into the attached copy of a part. */
    HistoryDatabase databaseOfCopy(final PartFile part) throws SQLException {
        return database(part.copyName());
    }

    private HistoryDatabase database(final String name) throws SQLException {
        final DuckDBConnection connection = connection();
        try {
            return new HistoryDatabase(connection, name);
        } catch (final SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** A connection of its own, for any one thread. */
    DuckDBConnection connection() throws SQLException {
        return root.duplicate().unwrap(DuckDBConnection.class);
    }

    @Override
    public void close() {
        try {
            root.close();
        } catch (final SQLException e) {
            // What was committed is in its files.
            throw new StoreException("history: cannot be closed (" + HistoryDatabase.firstLine(e) + ")", e);
        }
    }

    /** With a statement of its own: the driver closes one whose question fails. */
    private void execute(final String sql) throws SQLException {
        try (Statement statement = root.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean isFaultOfTheMachine(final SQLException e) {
        final String text = HistoryDatabase.firstLine(e);
        return FAULTS_OF_THE_MACHINE.stream().anyMatch(text::contains);
    }

    private static StoreException unopenable(final Path file, final SQLException e) {
        return new StoreException(
                file + ": cannot be opened (" + HistoryDatabase.firstLine(e)
                        + "); close who else has it open, free some space there and check its rights",
                e);
    }
}
