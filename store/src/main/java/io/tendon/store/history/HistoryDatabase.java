package io.tendon.store.history;

import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * One session's database, attached to an instance of DuckDB of its own whose memory and threads are bounded. What is
 * damaged is set aside: first its write-ahead log, whose last transactions may be torn, then all of it;
 * what is missing then is made again from the recording. What a full disk, a missing right or another process is to blame
 * for stays as it is.
 *
 * <p>Transactions are begun by statement. JDBC's own way (autocommit off) does not begin one before the first statement,
 * and what an appender flushed until then would be committed by itself. One owner thread, but for {@link #duplicate}.
 */
final class HistoryDatabase implements AutoCloseable {
    /** Name of the session's database in statements. */
    static final String NAME = "history";

    /** Rows of one block: a checkpoint writes the last block anew, and the default one of 122,880 rows takes its memory. */
    private static final int ROW_GROUP_ROWS = 16_384;

    private static final int BLOCK_BYTES = 16_384;

    /** What the engine says when the machine is at fault, and not the file. */
    private static final List<String> FAULTS_OF_THE_MACHINE = List.of(
            "Cannot open file",
            "Could not set lock",
            "already attached",
            "No space left",
            "Too many open files",
            "Out of Memory",
            "failed to allocate");

    private final DuckDBConnection connection;
    private final Statement statement;
    private boolean isInTransaction;

    private HistoryDatabase(final DuckDBConnection connection) throws SQLException {
        this.connection = connection;
        this.statement = connection.createStatement();
    }

    /**
     * Opens a database, making it if there is none.
     *
     * @param file of the database.
     * @param engine bounds.
     * @param notices is told, in one line each, what was set aside.
     * @return the database.
     * @throws StoreException when it cannot be opened nor made.
     */
    static HistoryDatabase open(final Path file, final EngineLimits engine, final Consumer<String> notices) {
        for (final String suffix : new String[] {".wal", ""}) {
            try {
                return attach(file, engine);
            } catch (final SQLException e) {
                if (isFaultOfTheMachine(e)) {
                    throw unopenable(file, e);
                }
                setAside(
                        file.resolveSibling(file.getFileName() + suffix),
                        "cannot be opened (" + firstLine(e) + ")",
                        notices);
            }
        }
        try {
            return attach(file, engine);
        } catch (final SQLException e) {
            throw unopenable(file, e);
        }
    }

    private static boolean isFaultOfTheMachine(final SQLException e) {
        final String text = firstLine(e);
        return FAULTS_OF_THE_MACHINE.stream().anyMatch(text::contains);
    }

    private static StoreException unopenable(final Path file, final SQLException e) {
        return new StoreException(
                file + ": cannot be opened (" + firstLine(e)
                        + "); close who else has it open, free some space there and check its rights",
                e);
    }

    /**
     * Opens a database that nobody changes meanwhile, to be read alone.
     *
     * @param file of the database.
     * @return a connection that knows its tables by their own names; its owner closes it.
     * @throws SQLException when it is damaged.
     */
    static DuckDBConnection openToRead(final Path file) throws SQLException {
        final DuckDBConnection connection = connect(new Properties());
        try (Statement setting = connection.createStatement()) {
            setting.execute("SET threads = 1");
            setting.execute("SET memory_limit = '" + EngineLimits.IDLE_MEMORY_MIB + "MiB'");
            setting.execute("SET autoinstall_known_extensions = false");
            setting.execute("SET autoload_known_extensions = false");
            setting.execute("ATTACH '" + escaped(file.toString()) + "' AS " + NAME + " (READ_ONLY)");
            setting.execute("USE " + NAME);
            return connection;
        } catch (final SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static HistoryDatabase attach(final Path file, final EngineLimits engine) throws SQLException {
        final Properties properties = new Properties();
        // One chunk of an answer after the other, instead of all of it in memory.
        properties.setProperty("jdbc_stream_results", "true");
        final DuckDBConnection connection = connect(properties);
        try (Statement setting = connection.createStatement()) {
            engine.apply(setting);
            setting.execute("ATTACH '" + escaped(file.toString()) + "' AS " + NAME + " (ROW_GROUP_SIZE "
                    + ROW_GROUP_ROWS + ", BLOCK_SIZE " + BLOCK_BYTES + ")");
            setting.execute("USE " + NAME);
            return new HistoryDatabase(connection);
        } catch (final SQLException e) {
            connection.close();
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

    /** Begins a transaction, if none is open. */
    void begin() throws SQLException {
        if (!isInTransaction) {
            statement.execute("BEGIN TRANSACTION");
            isInTransaction = true;
        }
    }

    /** Ends the transaction, if one is open. */
    void commit() throws SQLException {
        if (isInTransaction) {
            statement.execute("COMMIT");
            isInTransaction = false;
        }
    }

    /** Runs a statement, in the transaction if one is open. */
    void execute(final String sql) throws SQLException {
        statement.execute(sql);
    }

    /** Asks a question; the answer must be closed before the next one. */
    ResultSet query(final String sql) throws SQLException {
        return statement.executeQuery(sql);
    }

    /** Rows to be added to a table, fast. */
    DuckDBAppender appender(final String table) throws SQLException {
        return connection.createAppender(NAME, "main", table);
    }

    /** A connection of its own to the same database, for another thread. */
    DuckDBConnection duplicate() throws SQLException {
        return connection.duplicate().unwrap(DuckDBConnection.class);
    }

    @Override
    public void close() {
        try {
            statement.close();
            connection.close();
        } catch (final SQLException e) {
            // What was committed is in its files.
            throw new StoreException("history: cannot be closed (" + firstLine(e) + ")", e);
        }
    }

    /** A text as it stands between single quotes. */
    static String escaped(final String text) {
        return text.replace("'", "''");
    }

    /** What went wrong, without the engine's trace. */
    static String firstLine(final SQLException e) {
        final String text = String.valueOf(e.getMessage());
        final int end = text.indexOf('\n');
        return end == -1 ? text : text.substring(0, end);
    }

    /** Moves a file of the database out of the way, if it is there; one that was put there before is replaced. */
    static void setAside(final Path file, final String reason, final Consumer<String> notices) {
        if (!Files.exists(file)) {
            return;
        }
        final Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw new StoreException(file + ": " + reason + " nor set aside (" + e + "); check its rights", e);
        }
        notices.accept(file + ": " + reason + "; set aside as " + aside.getFileName()
                + ", what it held is made again from the recording");
    }
}
