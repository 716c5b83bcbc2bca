package io.tendon.store.state;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.signal.ThreadEnd;
import io.tendon.store.StoreException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Opens a store on a thread of its own and brings it to where the recordings are, which takes seconds, and minutes when
 * the map has to be begun anew: neither recording nor a command waits for it. While another process has the store open,
 * such as a command, it is asked for again.
 *
 * <pre>{@code
 * StateOpening opening = StateOpening.begin(data, limits, id -> !id.equals(sessionName), notices);
 * ...
 * StateStore store = opening.poll();      // once a round, null until it is open
 * if (store != null) {
 *     indexer = new Indexer(archive, List.of(new StateIndex(store, sessionName, ir, notices)), damages);
 * }
 * ...
 * indexer.close();
 * opening.close();                        // closes the store too, in order
 * }</pre>
 *
 * <p>One owner thread, which owns the store from when {@link #poll} gave it out.
 */
public final class StateOpening implements AutoCloseable {
    private static final long RETRY_MS = 200;

    private final Thread thread;
    // Written by the opening thread before it ends, read by the owner.
    private volatile @Nullable StateStore store;
    // Written by the opening thread before it ends, read by the owner.
    private volatile @Nullable StoreException failure;
    // Written by the owner, read by the opening thread.
    private volatile boolean isStopped;

    private StateOpening(
            final Path data,
            final StateLimits limits,
            final Predicate<String> sessionFilter,
            final Consumer<String> notices) {
        thread = new Thread(() -> open(data, limits, sessionFilter, notices), "state-opening");
        thread.setDaemon(true);
    }

    /**
     * Begins to open, unless the JVM stops already.
     *
     * @param data directory of all sessions.
     * @param limits of the map.
     * @param sessionFilter which sessions to take in; the one that is recorded is left to its own {@link StateIndex}.
     * @param notices is told, in one line each and on the opening thread, what was set aside or left out.
     * @return the opening.
     */
    public static StateOpening begin(
            final Path data,
            final StateLimits limits,
            final Predicate<String> sessionFilter,
            final Consumer<String> notices) {
        final StateOpening opening = new StateOpening(data, limits, sessionFilter, notices);
        if (StateMap.prepare()) {
            opening.thread.start();
        }
        return opening;
    }

    /**
     * The store, once it is open.
     *
     * @return the same at each call; null until then.
     * @throws StoreException when it cannot be opened; at each call.
     */
    public @Nullable StateStore poll() {
        final StoreException failed = failure;
        if (failed != null) {
            throw failed;
        }
        return thread.isAlive() ? null : store;
    }

    /** Gives up an opening that is not done, and closes the store in order if there is one. */
    @Override
    public void close() {
        isStopped = true;
        ThreadEnd.await(thread);
        final StateStore opened = store;
        store = null;
        if (opened != null) {
            opened.close();
        }
    }

    private void open(
            final Path data,
            final StateLimits limits,
            final Predicate<String> sessionFilter,
            final Consumer<String> notices) {
        try {
            while (store == null && !isStopped) {
                store = tryOpen(data, limits, notices);
            }
            final StateStore opened = store;
            if (opened != null) {
                new StateCatchUp(opened, data, notices).run(sessionFilter, () -> isStopped);
            }
        } catch (final StoreException e) {
            failure = e;
        } catch (final RuntimeException e) {
            failure = new StoreException(
                    "state: cannot be brought up to the recordings (" + e
                            + "); values are read from them instead, start persistence-node again to try again",
                    e);
        }
    }

    private static @Nullable StateStore tryOpen(
            final Path data, final StateLimits limits, final Consumer<String> notices) {
        try {
            return StateStore.open(data, limits, notices);
        } catch (final StoreException e) {
            throw e;
        } catch (final CommandFailure e) {
            // Held by another process: a command answers and goes.
            try {
                Thread.sleep(RETRY_MS);
            } catch (final InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new StoreException(
                        "state: was interrupted while it waited for another process; start persistence-node again",
                        interrupted);
            }
            return null;
        }
    }
}
