package io.tendon.bench.store.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.agrona.DirectBuffer;

/**
 * SQLite with its write-ahead log, forced to the device with each commit as ours is; the capture time is the row's own id,
 * the fastest key that it has.
 */
final class SqliteEngine implements Engine {
    private static final int CACHE_KIB = 96 << 10;

    private final Connection connection;
    private final PreparedStatement insert;
    private final JointStateColumns columns = new JointStateColumns();

    SqliteEngine(final Path directory) throws IOException, SQLException {
        connection = DriverManager.getConnection(
                "jdbc:sqlite:" + Files.createDirectories(directory).resolve("joint-states.sqlite"));
        final StringJoiner names = new StringJoiner(", ", "CREATE TABLE joint_state (", ")");
        final StringJoiner places = new StringJoiner(", ", "INSERT INTO joint_state VALUES (", ")");
        for (int i = 0; i < JointStateColumns.LONGS; i++) {
            names.add(i == 0 ? "capture_time_ns INTEGER PRIMARY KEY" : "n" + i + " INTEGER");
            places.add("?");
        }
        for (int i = 0; i < JointStateColumns.DOUBLES; i++) {
            names.add("d" + i + " REAL");
            places.add("?");
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            // As much as ours may take, and MVStore.
            statement.execute("PRAGMA cache_size = -" + CACHE_KIB);
            statement.execute(names.toString());
        }
        connection.setAutoCommit(false);
        insert = connection.prepareStatement(places.toString());
    }

    @Override
    public String label() {
        return "SQLite, WAL";
    }

    @Override
    public String durability() {
        return "its write-ahead log synced, synchronous = FULL";
    }

    @Override
    public void append(final DirectBuffer buffer, final int lengthBytes) throws SQLException {
        columns.read(buffer);
        for (int i = 0; i < JointStateColumns.LONGS; i++) {
            insert.setLong(1 + i, columns.whole(i));
        }
        for (int i = 0; i < JointStateColumns.DOUBLES; i++) {
            insert.setDouble(1 + JointStateColumns.LONGS + i, columns.amount(i));
        }
        insert.executeUpdate();
    }

    @Override
    public void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void complete() {
        // It has nothing to be made.
    }

    @Override
    public Sum range(final long fromNs, final long toNs) throws SQLException {
        long count = 0;
        double total = 0;
        try (PreparedStatement question = connection.prepareStatement("SELECT capture_time_ns, d"
                + JointStateColumns.THIRD_POSITION
                + " FROM joint_state WHERE capture_time_ns >= ? AND capture_time_ns < ? ORDER BY capture_time_ns")) {
            question.setLong(1, fromNs);
            question.setLong(2, toNs);
            try (ResultSet rows = question.executeQuery()) {
                while (rows.next()) {
                    count++;
                    total += rows.getDouble(2);
                }
            }
        }
        return new Sum(count, total);
    }

    @Override
    public Map<Long, Double> greatest(final long fromNs, final long toNs) throws SQLException {
        final Map<Long, Double> greatest = new HashMap<>();
        try (PreparedStatement question = connection.prepareStatement("SELECT capture_time_ns / 1000000000, max(d"
                + JointStateColumns.THIRD_POSITION
                + ") FROM joint_state WHERE capture_time_ns >= ? AND capture_time_ns < ? GROUP BY 1")) {
            question.setLong(1, fromNs);
            question.setLong(2, toNs);
            try (ResultSet rows = question.executeQuery()) {
                while (rows.next()) {
                    greatest.put(rows.getLong(1) * 1_000_000_000L, rows.getDouble(2));
                }
            }
        }
        return greatest;
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        connection.close();
    }
}
