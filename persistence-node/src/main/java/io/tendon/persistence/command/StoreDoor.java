package io.tendon.persistence.command;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.query.QueryClient;
import io.tendon.schemas.QueryKind;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.store.SessionStore;
import io.tendon.store.history.EngineLimits;
import io.tendon.store.history.SqlQuestion;
import io.tendon.store.rows.RowLinesReader;
import io.tendon.store.rows.RowSink;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Optional;
import org.agrona.CloseHelper;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The way to a session's store: the recorder of a robot that runs is asked over the bus, since it has the store open; of a
 * session that nobody records the store is opened here and brought up to the end of the recording first. Main thread.
 */
final class StoreDoor implements AutoCloseable {
    private static final int MESSAGES_AT_ONCE = 5_000;

    private final String sessionId;
    private final long timeoutNs;
    private final @Nullable QueryClient live;
    private final @Nullable SessionStore store;

    private StoreDoor(
            final String sessionId,
            final long timeoutNs,
            final @Nullable QueryClient live,
            final @Nullable SessionStore store) {
        this.sessionId = sessionId;
        this.timeoutNs = timeoutNs;
        this.live = live;
        this.store = store;
    }

    /**
     * Opens the way.
     *
     * @param session that is asked about.
     * @param robotName of the robot on this machine that may be recording it.
     * @param timeoutNs how long one answer may take.
     * @param err is told what a person should know.
     * @return the door.
     * @throws CommandFailure when the session is recorded by another robot, or its store is open elsewhere or cannot be.
     */
    static StoreDoor open(final Session session, final String robotName, final long timeoutNs, final PrintWriter err) {
        final String sessionId = session.directory().sessionId();
        if (session.manifest().presentState() == SessionState.OPEN) {
            return new StoreDoor(sessionId, timeoutNs, live(sessionId, robotName, err), null);
        }
        final SessionStore store = SessionStore.open(
                session.directory(),
                EngineLimits.IDLE_MEMORY_MIB,
                err::println,
                damage -> err.println("damaged, skipped: " + damage.text()));
        try {
            new CatchUp(session, store, err).run(MESSAGES_AT_ONCE);
            return new StoreDoor(sessionId, timeoutNs, null, store);
        } catch (final RuntimeException e) {
            CloseHelper.quietClose(store);
            throw e;
        }
    }

    /**
     * Asks in SQL.
     *
     * @param question one SELECT.
     * @param sink of the rows.
     * @throws CommandFailure when it has a mistake or takes too long.
     * @throws IOException when the sink refuses.
     */
    void sql(final String question, final RowSink sink) throws IOException {
        if (live != null) {
            live.ask(QueryKind.SQL, question, timeoutNs, new RowLinesReader(sink));
            sink.end();
        } else if (store != null) {
            try (DuckDBConnection connection = store.history().connection(sessionId, question)) {
                new SqlQuestion(connection, timeoutNs).ask(question, sink);
            } catch (final SQLException e) {
                throw new CommandFailure("sql: " + e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(live, store);
    }

    private static QueryClient live(final String sessionId, final String robotName, final PrintWriter err) {
        final RuntimeDirectory runtime = RuntimeDirectory.of(robotName);
        final Optional<SessionAnchor> anchor = SessionAnchor.readLive(runtime.sessionFile());
        if (anchor.isEmpty() || !anchor.get().sessionName().equals(sessionId)) {
            throw new CommandFailure("session " + sessionId + ": is being recorded, and not by robot " + robotName
                    + "; give that robot's name with --name");
        }
        return QueryClient.connect(runtime, error -> err.println("bus: " + error));
    }
}
