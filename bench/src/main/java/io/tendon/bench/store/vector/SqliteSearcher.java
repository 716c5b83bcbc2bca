package io.tendon.bench.store.vector;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** SQLite as it comes knows no vectors: each is a BLOB, read and compared here. */
final class SqliteSearcher implements VectorSearcher {
    private final Connection connection;
    private final PreparedStatement every;

    SqliteSearcher(final Path file, final List<float[]> vectors) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("CREATE TABLE vector (number INTEGER PRIMARY KEY, elements BLOB)");
        }
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO vector VALUES (?, ?)")) {
            for (int i = 0; i < vectors.size(); i++) {
                final ByteBuffer bytes =
                        ByteBuffer.allocate(Float.BYTES * vectors.get(i).length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(vectors.get(i));
                insert.setInt(1, i);
                insert.setBytes(2, bytes.array());
                insert.executeUpdate();
            }
        }
        connection.commit();
        every = connection.prepareStatement("SELECT number, elements FROM vector");
    }

    private record Match(int number, float similarity) {}

    @Override
    public List<Integer> search(final float[] question) throws SQLException {
        final PriorityQueue<Match> best = new PriorityQueue<>(Comparator.comparingDouble(Match::similarity));
        final float[] vector = new float[question.length];
        try (ResultSet rows = every.executeQuery()) {
            while (rows.next()) {
                ByteBuffer.wrap(rows.getBytes(2))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(vector);
                best.add(new Match(rows.getInt(1), dot(question, vector)));
                if (best.size() > Neighbours.K) {
                    best.remove();
                }
            }
        }
        final List<Integer> numbers = new ArrayList<>();
        best.forEach(match -> numbers.add(match.number));
        return numbers;
    }

    @Override
    public void close() throws SQLException {
        every.close();
        connection.close();
    }

    /** In four sums, as ours; the dimension is a multiple of four. */
    private static float dot(final float[] a, final float[] b) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        for (int i = 0; i + 3 < a.length; i += 4) {
            sum0 += a[i] * b[i];
            sum1 += a[i + 1] * b[i + 1];
            sum2 += a[i + 2] * b[i + 2];
            sum3 += a[i + 3] * b[i + 3];
        }
        return sum0 + sum1 + sum2 + sum3;
    }
}
