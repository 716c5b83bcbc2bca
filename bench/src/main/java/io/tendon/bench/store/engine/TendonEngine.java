package io.tendon.bench.store.engine;

import io.tendon.bench.store.source.ArmMessages;
import io.tendon.bench.store.source.MessageFeed;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.CommandFailure;
import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.sessionlog.recording.TimeRange;
import io.tendon.store.history.EngineLimits;
import io.tendon.store.history.HistoryIndex;
import io.tendon.store.history.SeriesAggregate;
import io.tendon.store.history.SeriesField;
import io.tendon.store.history.SeriesQuestion;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Our history with a recorder's limits; the figures of each second and minute are made as the messages come. */
final class TendonEngine implements Engine {
    private static final SeriesField POSITION = SeriesField.parse("joint_position[3]");
    private static final long SECOND_NS = 1_000_000_000L;

    private final HistoryIndex index;
    private final MessageFeed feed = new MessageFeed(StreamCatalog.CONTROL_STATE, ArmMessages.LENGTH_BYTES);
    private @Nullable DuckDBConnection connection;

    TendonEngine(final Path directory) {
        index = HistoryIndex.open(
                directory,
                MessageIr.decode(MessageSchema.irBytes()),
                new EngineLimits(EngineLimits.LIVE_MEMORY_MIB, 1, directory.resolve("spill")),
                notice -> {
                    throw new CommandFailure("history: " + notice);
                });
    }

    @Override
    public String label() {
        return "Tendon";
    }

    @Override
    public String durability() {
        return "DuckDB's write-ahead log synced";
    }

    @Override
    public void append(final DirectBuffer buffer, final int lengthBytes) {
        feed.buffer().putBytes(0, buffer, 0, lengthBytes);
        index.onMessage(feed.next(lengthBytes));
    }

    @Override
    public void commit() {
        index.commit();
    }

    @Override
    public void complete() {
        index.complete();
        connection = index.connection("bench");
    }

    @Override
    public Sum range(final long fromNs, final long toNs) throws SQLException {
        long count = 0;
        double total = 0;
        try (Statement statement = asking().createStatement();
                ResultSet rows = statement.executeQuery(question(fromNs, toNs).everyValue())) {
            while (rows.next()) {
                count++;
                total += rows.getDouble(2);
            }
        }
        return new Sum(count, total);
    }

    @Override
    public Map<Long, Double> greatest(final long fromNs, final long toNs) throws SQLException {
        final Map<Long, Double> greatest = new HashMap<>();
        final String spans = question(fromNs, toNs).spans(SECOND_NS, List.of(SeriesAggregate.MAX), true);
        try (Statement statement = asking().createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT epoch_ns(span), \"max(" + POSITION.text() + ")\" FROM (" + spans + ")")) {
            while (rows.next()) {
                greatest.put(rows.getLong(1), rows.getDouble(2));
            }
        }
        return greatest;
    }

    @Override
    public void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
        index.close();
    }

    private static SeriesQuestion question(final long fromNs, final long toNs) {
        return new SeriesQuestion(
                "joint_state", "control.state", List.of(POSITION), List.of(POSITION), new TimeRange(fromNs, toNs));
    }

    private DuckDBConnection asking() {
        if (connection == null) {
            throw new IllegalStateException("asked before it was complete");
        }
        return connection;
    }
}
