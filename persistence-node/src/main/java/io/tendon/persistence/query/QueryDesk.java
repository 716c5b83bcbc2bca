package io.tendon.persistence.query;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.query.AnswerWriter;
import io.tendon.bus.query.QueryReader;
import io.tendon.bus.query.Question;
import io.tendon.persistence.index.IndexAgent;
import io.tendon.schemas.QueryKind;
import io.tendon.store.StoreException;
import io.tendon.store.history.SqlQuestion;
import io.tendon.store.rows.RowLinesWriter;
import io.tendon.store.state.StateKey;
import io.tendon.store.state.StateRows;
import io.tendon.store.state.StateStore;
import io.tendon.store.state.StateValue;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions one after the other. Each waits until the indices hold what was recorded when it was asked, so that no
 * answer is older than the recording; it is asked on a connection of its own, so that the indices go on meanwhile. A thread
 * of its own.
 */
public final class QueryDesk implements Agent {
    private final BusConnection bus;
    private final IndexAgent indices;
    private final QueryReader questions;
    // Set and cleared by this thread, read by who ends it.
    private final AtomicReference<@Nullable SqlQuestion> asking = new AtomicReference<>();

    /**
     * Hears questions from now on.
     *
     * @param bus of this node.
     * @param indices of the session.
     */
    public QueryDesk(final BusConnection bus, final IndexAgent indices) {
        this.bus = bus;
        this.indices = indices;
        this.questions = new QueryReader(bus.aeron(), this::answer);
    }

    @Override
    public int doWork() {
        if (bus.isClosed()) {
            throw new AgentTerminationException("the driver is gone");
        }
        return questions.poll();
    }

    /** Breaks off what is being answered, so that this can be ended. Any thread. */
    public void cancel() {
        final SqlQuestion question = asking.get();
        if (question != null) {
            question.cancel();
        }
    }

    @Override
    public void onClose() {
        CloseHelper.quietClose(questions);
    }

    @Override
    public String roleName() {
        return "queries";
    }

    private void answer(final Question question) {
        try (AnswerWriter answer = new AnswerWriter(bus.aeron(), bus.clock(), question)) {
            try {
                switch (question.kind()) {
                    case SQL -> sql(question, answer);
                    case STATE_GET, STATE_LIST -> state(question, answer);
                    default -> answer.failed("question: " + question.kind() + " is not known to this persistence-node");
                }
            } catch (final StoreException | ConfigException e) {
                answer.failed(String.valueOf(e.getMessage()));
            } catch (final InterruptedException e) {
                answer.failed("question: persistence-node stops; ask again");
                Thread.currentThread().interrupt();
            }
        } catch (final IOException e) {
            // Who asked does not listen any more.
            System.getLogger(QueryDesk.class.getName())
                    .log(System.Logger.Level.DEBUG, "event=answer-not-read cause=\"" + e.getMessage() + '"');
        }
    }

    private void sql(final Question question, final AnswerWriter answer) throws IOException, InterruptedException {
        final AtomicReference<@Nullable DuckDBConnection> opened = new AtomicReference<>();
        await(
                indices.whenCaughtUp(
                        false,
                        store -> opened.set(store.session()
                                .history()
                                .connection(store.session().directory().sessionId()))),
                question.timeoutNs());
        try (DuckDBConnection connection = opened.get()) {
            if (connection == null) {
                throw new StoreException("question: the index was closed meanwhile; ask again");
            }
            final SqlQuestion sql = new SqlQuestion(connection, question.timeoutNs());
            asking.set(sql);
            sql.ask(question.text(), new RowLinesWriter(answer));
            answer.done();
        } catch (final SQLException e) {
            throw new StoreException("question: " + e.getMessage(), e);
        } finally {
            asking.set(null);
        }
    }

    private void state(final Question question, final AnswerWriter answer) throws IOException, InterruptedException {
        final List<StateValue> values = new ArrayList<>();
        await(
                indices.whenCaughtUp(true, store -> values.addAll(values(question, store.state()))),
                question.timeoutNs());
        new StateRows(new RowLinesWriter(answer)).write(values);
        answer.done();
    }

    /** On the indices' thread, which is the one that closes the state. */
    private static List<StateValue> values(final Question question, final @Nullable StateStore state) {
        // Whoever asks reads the recordings then, which say the same.
        if (state == null) {
            throw new StoreException("state: the recorder has not opened it yet");
        }
        if (state.refused() > 0) {
            throw new StoreException("state: does not hold all keys; raise state-entries");
        }
        if (question.kind() == QueryKind.STATE_LIST) {
            return state.list(question.text());
        }
        final StateValue value = state.get(new StateKey(question.text()));
        return value == null ? List.of() : List.of(value);
    }

    private static void await(final CompletableFuture<Void> caughtUp, final long timeoutNs)
            throws InterruptedException {
        try {
            caughtUp.get(timeoutNs, TimeUnit.NANOSECONDS);
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof StoreException failure) {
                throw failure;
            }
            if (e.getCause() instanceof ConfigException failure) {
                throw failure;
            }
            throw new StoreException("question: " + e.getCause() + "; ask again, and report it if it stays", e);
        } catch (final TimeoutException e) {
            throw new StoreException(
                    "question: the index has not come to the end of the recording in time; see `persistence-node status`,"
                            + " and ask again or with a longer --timeout",
                    e);
        }
    }
}
