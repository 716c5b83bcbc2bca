package io.tendon.persistence.index;

import io.tendon.persistence.recording.PositionScan;
import io.tendon.persistence.recording.RecorderPosition;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.store.SessionStore;
import io.tendon.store.StoreException;
import io.tendon.store.state.StateLimits;
import io.tendon.store.state.StateStore;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Keeps the indices of the session and the state of the data directory up to the recorder, stores a second's worth at a
 * time, and lets others ask them. A thread of its own.
 */
public final class IndexAgent implements Agent {
    private static final System.Logger LOG = System.getLogger(IndexAgent.class.getName());
    private static final long COMMIT_PERIOD_NS = 1_000_000_000L;
    private static final long CATALOG_PERIOD_NS = 10_000_000_000L;
    private static final int WAITING = 64;
    private static final long NS_PER_MS = 1_000_000L;

    private final SessionDirectory directory;
    private final SessionFeed session;
    private final StateFeed state;
    private final BooleanSupplier isDiskLow;
    private final PositionScan scan;
    private final EpochNanoClock clock;
    private final AtomicCounter lagBytes;
    private final AtomicCounter lagMs;
    private final Map<Long, RecordingDescriptor> recordings = new HashMap<>();
    // From those who ask to this thread.
    private final ManyToOneConcurrentArrayQueue<Task<?>> tasks = new ManyToOneConcurrentArrayQueue<>(WAITING);
    private long nextCommitNs;
    private long nextCatalogNs;
    private boolean isWaiting;

    /**
     * Opens nothing before it runs.
     *
     * @param directory of the session.
     * @param stateLimits how large the state may become.
     * @param isDiskLow whether there is too little room to write anything but the recording.
     * @param scan of its own.
     * @param clock of the session.
     * @param lagBytes counts how far the session's indices are behind the recorder; -1 while they are not open.
     * @param lagMs the same as the age of the oldest message that is not in them.
     */
    public IndexAgent(
            final SessionDirectory directory,
            final StateLimits stateLimits,
            final BooleanSupplier isDiskLow,
            final PositionScan scan,
            final EpochNanoClock clock,
            final AtomicCounter lagBytes,
            final AtomicCounter lagMs) {
        this.directory = directory;
        this.session = new SessionFeed(directory, IndexAgent::notice);
        this.state = new StateFeed(directory, stateLimits, IndexAgent::notice);
        this.isDiskLow = isDiskLow;
        this.scan = scan;
        this.clock = clock;
        this.lagBytes = lagBytes;
        this.lagMs = lagMs;
    }

    /**
     * Asks the session's indices, once everything is in them that is recorded now. Any thread.
     *
     * @param question is put on this agent's thread, to a store that is open until it returns.
     * @param <T> type of the answer; one that nobody waits for any more is closed, if it can be.
     * @return ends with the answer, or with what went wrong.
     */
    public <T> CompletableFuture<T> askSession(final Function<SessionStore, T> question) {
        return ask(() -> {
            readCatalog();
            return question.apply(session.caughtUp());
        });
    }

    /**
     * Asks the state, once everything is in it that is recorded now. Any thread.
     *
     * @param question is put on this agent's thread, to a store that is open until it returns.
     * @param <T> type of the answer.
     * @return ends with the answer, or with what went wrong.
     */
    public <T> CompletableFuture<T> askState(final Function<StateStore, T> question) {
        return ask(() -> {
            readCatalog();
            return question.apply(state.caughtUpWithAll());
        });
    }

    private <T> CompletableFuture<T> ask(final Supplier<T> question) {
        final Task<T> task = new Task<>(question, new CompletableFuture<>());
        if (!tasks.offer(task)) {
            task.refuse("index: " + WAITING + " questions wait already; try again later");
        }
        return task.result;
    }

    @Override
    public void onStart() {
        state.begin();
    }

    @Override
    public int doWork() {
        final long nowNs = clock.nanoTime();
        if (isWaitingForRoom()) {
            refuseTasks("index: waits, since the disk is too full; free some space and ask again");
            follow(nowNs);
            tellLag(nowNs);
            return 0;
        }
        session.tryOpen(nowNs, recordings.values());
        state.tryOpen(nowNs, recordings.values());
        follow(nowNs);
        final Task<?> task = tasks.poll();
        if (task != null) {
            task.perform();
            return 1;
        }
        final int count = Math.max(session.poll(), state.poll());
        if (nowNs >= nextCommitNs) {
            nextCommitNs = nowNs + COMMIT_PERIOD_NS;
            session.commit();
            state.commit();
        }
        tellLag(nowNs);
        // Having caught up it waits: a second's worth is taken in at once for much less than message by message.
        return count >= Feed.MESSAGES_AT_ONCE ? count : 0;
    }

    /**
     * Stores what was fed, so that a stop need not be made up for; on the thread that has ended this agent's.
     *
     * @param budgetNs how long each of the two, the session's indices and the state, may take for what is still missing.
     */
    public void finish(final long budgetNs) {
        if (isDiskLow.getAsBoolean()) {
            return;
        }
        readCatalog();
        session.finish(budgetNs);
        state.finish(budgetNs);
    }

    @Override
    public void onClose() {
        refuseTasks("index: persistence-node stops; ask again");
    }

    @Override
    public String roleName() {
        return "indexer";
    }

    /** Closes the indices; on the thread that has ended this agent's. */
    public void closeStore() {
        session.close();
        state.close();
    }

    /** Nothing is written while the disk is low: what is recorded meanwhile is taken in afterwards. */
    private boolean isWaitingForRoom() {
        final boolean wasWaiting = isWaiting;
        isWaiting = isDiskLow.getAsBoolean();
        if (isWaiting != wasWaiting) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    isWaiting
                            ? "event=index-waits cause=\"the disk is too full\" remedy=\"goes on when there is room\""
                            : "event=index-goes-on");
        }
        return isWaiting;
    }

    private void follow(final long nowNs) {
        scan.update();
        boolean isUnknown = false;
        for (final RecorderPosition recorder : scan.recorders()) {
            isUnknown |= !recordings.containsKey(recorder.recordingId());
        }
        // What was deleted meanwhile is to be forgotten.
        if (isUnknown || nowNs >= nextCatalogNs) {
            nextCatalogNs = nowNs + CATALOG_PERIOD_NS;
            readCatalog();
        }
        for (final RecorderPosition recorder : scan.recorders()) {
            session.limit(recorder.recordingId(), recorder.position());
            state.limit(recorder.recordingId(), recorder.position());
        }
    }

    private void readCatalog() {
        for (final RecordingDescriptor recording : ArchiveCatalog.recordings(directory.archive())) {
            recordings.put(recording.recordingId(), recording);
            session.update(recording);
            state.update(recording);
        }
    }

    private void tellLag(final long nowNs) {
        lagBytes.setRelease(session.lagBytes());
        final long lagNs = session.lagNs(nowNs);
        lagMs.setRelease(lagNs < 0 ? -1 : lagNs / NS_PER_MS);
    }

    private void refuseTasks(final String reason) {
        for (Task<?> task = tasks.poll(); task != null; task = tasks.poll()) {
            task.refuse(reason);
        }
    }

    private static void notice(final String text) {
        LOG.log(System.Logger.Level.WARNING, "event=index " + text);
    }

    private record Task<T>(Supplier<T> question, CompletableFuture<T> result) {
        void perform() {
            // Whoever has waited long enough has cancelled it.
            if (result.isDone()) {
                return;
            }
            try {
                final T answer = question.get();
                if (!result.complete(answer) && answer instanceof AutoCloseable unread) {
                    CloseHelper.quietClose(unread);
                }
            } catch (final RuntimeException | LinkageError e) {
                // Whoever waits is told, whatever it was.
                result.completeExceptionally(e);
            }
        }

        void refuse(final String reason) {
            result.completeExceptionally(new StoreException(reason));
        }
    }
}
