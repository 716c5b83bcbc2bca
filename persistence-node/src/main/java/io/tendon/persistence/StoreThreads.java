package io.tendon.persistence;

import io.tendon.persistence.index.IndexAgent;
import io.tendon.persistence.query.QueryDesk;
import java.util.function.Function;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;

/**
 * What builds the store behind the recorder, and answers who asks it: a thread each. Neither is needed to record. Made,
 * started and stopped on the main thread.
 */
final class StoreThreads implements AutoCloseable {
    /** What a stop gives to the indices; what they lack then they take in when they are asked next. */
    private static final long BUDGET_NS = 2_000_000_000L;

    private final IndexAgent indices;
    private final QueryDesk queries;
    private final AgentRunner indexRunner;
    private final AgentRunner queryRunner;

    StoreThreads(final IndexAgent indices, final QueryDesk queries, final Function<Agent, AgentRunner> runners) {
        this.indices = indices;
        this.queries = queries;
        this.indexRunner = runners.apply(indices);
        this.queryRunner = runners.apply(queries);
    }

    void start() {
        AgentRunner.startOnThread(indexRunner);
        AgentRunner.startOnThread(queryRunner);
    }

    /** Ends what is being answered, and takes in what is still missing, as far as a stop has time. */
    void finish() {
        endThreads();
        indices.finish(BUDGET_NS);
        indices.closeStore();
    }

    @Override
    public void close() {
        endThreads();
        indices.closeStore();
    }

    private void endThreads() {
        queries.cancel();
        CloseHelper.quietCloseAll(queryRunner, indexRunner);
    }
}
