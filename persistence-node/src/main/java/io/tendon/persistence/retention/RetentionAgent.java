package io.tendon.persistence.retention;

import io.tendon.sessionlog.SessionDirectory;
import java.util.function.Consumer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;

/** Makes room every ten seconds, apart from the recorder. On a thread of its own, when anything is bounded. */
public final class RetentionAgent implements Agent {
    private static final long PERIOD_NS = 10_000_000_000L;

    private final Retention retention;
    private final EpochNanoClock clock;
    private long nextNs;

    /**
     * Deletes nothing before it runs.
     *
     * @param directory of the session that is recorded.
     * @param config bounds of what is kept.
     * @param clock of the session.
     * @param listener is told of each deletion, on this agent's thread.
     * @param errors is told of what cannot be deleted.
     */
    public RetentionAgent(
            final SessionDirectory directory,
            final RetentionConfig config,
            final EpochNanoClock clock,
            final Consumer<Deletion> listener,
            final ErrorHandler errors) {
        this.retention = new Retention(directory.data(), directory.sessionId(), config, clock, listener, errors);
        this.clock = clock;
    }

    @Override
    public int doWork() {
        final long nowNs = clock.nanoTime();
        if (nowNs < nextNs) {
            return 0;
        }
        nextNs = nowNs + PERIOD_NS;
        retention.run();
        return 1;
    }

    @Override
    public String roleName() {
        return "retention";
    }
}
