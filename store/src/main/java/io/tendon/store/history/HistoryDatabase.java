package io.tendon.store.history;

import io.tendon.store.StoreException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * A connection that writes into one attached database.
 *
 * <p>Transactions are begun by statement. JDBC's own way (autocommit off) does not begin one before the first statement,
 * and what an appender flushed until then would be committed by itself. One owner thread.
 */
final class HistoryDatabase implements AutoCloseable {
    private final DuckDBConnection connection;
    private final String name;
    private final Statement statement;
    private boolean isInTransaction;

    /**
     * Begins with no transaction.
     *
     * @param connection is closed with this.
     * @param name of the database, attached to the connection's instance.
     */
    HistoryDatabase(final DuckDBConnection connection, final String name) throws SQLException {
        this.connection = connection;
        this.name = name;
        this.statement = connection.createStatement();
        statement.execute("USE " + name);
    }

    /**
     * Opens a database that nobody changes meanwhile, to be read alone.
     *
     * @param file of the database.
     * @param name to give it.
     * @return a connection that knows its tables by their own names; its owner closes it.
     * @throws SQLException when it is damaged.
     */
    static DuckDBConnection openToRead(final Path file, final String name) throws SQLException {
        final DuckDBConnection connection = HistoryEngine.connect(new Properties());
        try (Statement setting = connection.createStatement()) {
            setting.execute("SET threads = 1");
            setting.execute("SET memory_limit = '" + EngineLimits.IDLE_MEMORY_MIB + "MiB'");
            setting.execute("SET autoinstall_known_extensions = false");
            setting.execute("SET autoload_known_extensions = false");
            setting.execute("ATTACH '" + escaped(file.toString()) + "' AS " + name + " (READ_ONLY)");
            setting.execute("USE " + name);
            return connection;
        } catch (final SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** What the engine calls it. */
    String name() {
        return name;
    }

    /** Whether there is no table in it. */
    boolean isEmpty() throws SQLException {
        try (ResultSet rows =
                statement.executeQuery("SELECT 1 FROM duckdb_tables() WHERE database_name = '" + name + "' LIMIT 1")) {
            return !rows.next();
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
        return connection.createAppender(name, "main", table);
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
}
