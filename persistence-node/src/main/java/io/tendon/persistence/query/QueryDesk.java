package io.tendon.persistence.query;

import io.tendon.bus.config.CommandFailure;
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
import java.util.List;
import java.util.concurrent.CancellationException;
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
    private static final System.Logger LOG = System.getLogger(QueryDesk.class.getName());
    private static final String STOPPING = "question: persistence-node stops; ask again";

    private final BusConnection bus;
    private final IndexAgent indices;
    private final QueryReader questions;
    // Set and cleared by this thread, read by who ends it: how to break off what is being answered.
    private final AtomicReference<@Nullable Runnable> breaking = new AtomicReference<>();
    // Written by who ends this thread.
    private volatile boolean isEnding;

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
        return isEnding ? 0 : questions.poll();
    }

    /** Breaks off what is being answered and takes nothing more, so that this can be ended. Any thread. */
    public void cancel() {
        isEnding = true;
        final Runnable present = breaking.get();
        if (present != null) {
            present.run();
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
        if (bus.clock().nanoTime() - question.askedNs() > question.timeoutNs()) {
            // Whoever asked has given up.
            return;
        }
        try (AnswerWriter answer = new AnswerWriter(bus.aeron(), bus.clock(), question)) {
            try {
                switch (question.kind()) {
                    case SQL -> sql(question, answer);
                    case STATE_GET, STATE_LIST -> state(question, answer);
                    default -> answer.failed("question: " + question.kind() + " is not known to this persistence-node");
                }
            } catch (final CommandFailure | ConfigException e) {
                answer.failed(isEnding ? STOPPING : String.valueOf(e.getMessage()));
            } catch (final InterruptedException | CancellationException e) {
                answer.failed(STOPPING);
            } catch (final RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "event=question-failed kind=" + question.kind(), e);
                answer.failed("question: " + e + "; ask again, and report it if it stays: the recorder's log has more");
            }
        } catch (final IOException e) {
            // Who asked does not listen any more.
            LOG.log(System.Logger.Level.DEBUG, "event=answer-not-read cause=\"" + e.getMessage() + '"');
        }
    }

    private void sql(final Question question, final AnswerWriter answer) throws IOException, InterruptedException {
        try (DuckDBConnection connection = await(
                indices.askSession(
                        store -> store.history().connection(store.directory().sessionId(), question.text())),
                question)) {
            final SqlQuestion sql = new SqlQuestion(connection, question.timeoutNs());
            begin(sql::cancel);
            sql.ask(question.text(), new RowLinesWriter(answer));
            answer.done();
        } catch (final SQLException e) {
            throw new StoreException("question: " + e.getMessage(), e);
        } finally {
            breaking.set(null);
        }
    }

    private void state(final Question question, final AnswerWriter answer) throws IOException, InterruptedException {
        final List<StateValue> values = await(indices.askState(store -> values(question, store)), question);
        new StateRows(new RowLinesWriter(answer)).write(values);
        answer.done();
    }

    /** On the indices' thread, which is the one that closes the state. */
    private static List<StateValue> values(final Question question, final StateStore state) {
        // Whoever asks reads the recordings then, which say the same.
        if (state.refused() > 0) {
            throw new StoreException("state: does not hold all keys; raise state-entries");
        }
        if (question.kind() == QueryKind.STATE_LIST) {
            return state.list(question.text());
        }
        final StateValue value = state.get(new StateKey(question.text()));
        return value == null ? List.of() : List.of(value);
    }

    private <T> T await(final CompletableFuture<T> answer, final Question question) throws InterruptedException {
        begin(() -> answer.cancel(false));
        try {
            return answer.get(question.timeoutNs(), TimeUnit.NANOSECONDS);
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (final TimeoutException e) {
            answer.cancel(false);
            throw new StoreException(
                    "question: the index has not come to the end of the recording in time; see `persistence-node status`,"
                            + " and ask again or with a longer --timeout",
                    e);
        } finally {
            breaking.set(null);
        }
    }

    /** Before a step that takes a while: an end that came before it is heard, too. */
    private void begin(final Runnable breakOff) {
        breaking.set(breakOff);
        if (isEnding) {
            breakOff.run();
        }
    }
}
