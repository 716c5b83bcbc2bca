package io.tendon.store.history;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import org.agrona.CloseHelper;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Connections for questions to a history, and what they know of its tables. One owner thread; each connection is for any one
 * other.
 */
final class HistoryConnections {
    private final HistoryEngine engine;
    private final NavigableMap<Long, PartFile> files;
    private final List<DuckDBConnection> opened = new ArrayList<>();
    private @Nullable HistoryView view;

    /**
     * Opens none.
     *
     * @param engine to ask.
     * @param files of the parts of the history; the owner changes it.
     */
    HistoryConnections(final HistoryEngine engine, final NavigableMap<Long, PartFile> files) {
        this.engine = engine;
        this.files = files;
    }

    /** One that knows all tables. */
    DuckDBConnection toAll(final String sessionId) {
        return open(connection -> view(connection, sessionId).defineAll(connection));
    }

    /** One that knows the tables of a question; of a hinted one those of its range. */
    DuckDBConnection to(final String sessionId, final String question) {
        final RangeHint hint = RangeHint.of(question).orElse(null);
        return open(connection -> {
            if (hint == null || !defineWithin(connection, sessionId, hint)) {
                view(connection, sessionId).defineNamed(connection, question);
            }
        });
    }

    /** Tables or parts were added, changed or taken off. */
    void forgetTables() {
        view = null;
    }

    /** Whether any that was opened is not closed yet. */
    boolean areOpen() {
        opened.removeIf(HistoryConnections::isClosed);
        return !opened.isEmpty();
    }

    private DuckDBConnection open(final Definition definition) {
        DuckDBConnection connection = null;
        try {
            connection = engine.connection();
            definition.define(connection);
            opened.removeIf(HistoryConnections::isClosed);
            opened.add(connection);
            return connection;
        } catch (final SQLException e) {
            CloseHelper.quietClose(connection);
            throw HistoryIndex.failure(e);
        }
    }

    /** Of all parts. */
    private HistoryView view(final DuckDBConnection connection, final String sessionId) throws SQLException {
        HistoryView present = view;
        if (present == null) {
            for (final PartFile file : files.values()) {
                engine.attach(file);
            }
            present = HistoryView.of(connection, sessionId, List.copyOf(files.values()));
            view = present;
        }
        return present;
    }

    /** Whether the parts of a range have the table; else another one has it, or none. */
    private boolean defineWithin(final DuckDBConnection connection, final String sessionId, final RangeHint hint)
            throws SQLException {
        final List<PartFile> within = files.values().stream()
                .filter(file ->
                        file.fromNs() < hint.range().toNs() && hint.range().fromNs() < endNs(file))
                .toList();
        for (final PartFile file : within) {
            engine.attach(file);
        }
        final HistoryView ofRange = HistoryView.of(connection, sessionId, within);
        if (ofRange.has(hint.table())) {
            ofRange.defineFor(connection, hint.table());
            return true;
        }
        return false;
    }

    private long endNs(final PartFile file) {
        final Long next = files.higherKey(file.fromNs());
        return next == null ? Long.MAX_VALUE : next;
    }

    private static boolean isClosed(final DuckDBConnection connection) {
        try {
            return connection.isClosed();
        } catch (final SQLException e) {
            return false;
        }
    }

    /** Makes the names of tables known to a connection. */
    private interface Definition {
        void define(DuckDBConnection connection) throws SQLException;
    }
}
