package io.tendon.persistence.index;

import io.tendon.bus.config.CommandFailure;
import io.tendon.persistence.recording.PositionScan;
import io.tendon.persistence.recording.RecorderPosition;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.store.SessionStore;
import io.tendon.store.StoreException;
import io.tendon.store.history.EngineLimits;
import io.tendon.store.state.StateLimits;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.status.AtomicCounter;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the session's indices behind the recorder, and stores a second's worth at a time. Opens them on its own thread,
 * and opens them again a while after something went wrong: they go on where they stood then. A thread of its own.
 */
public final class IndexAgent implements Agent {
    private static final System.Logger LOG = System.getLogger(IndexAgent.class.getName());
    private static final long COMMIT_PERIOD_NS = 1_000_000_000L;
    private static final long CATALOG_PERIOD_NS = 10_000_000_000L;
    private static final long RETRY_NS = 10_000_000_000L;
    private static final int MESSAGES_AT_ONCE = 1_000;
    private static final int MESSAGES_A_COMMIT = 5_000;
    private static final int WAITING = 64;
    private static final long NS_PER_MS = 1_000_000L;

    private final SessionDirectory directory;
    private final StateFeed state;
    private final PositionScan scan;
    private final EpochNanoClock clock;
    private final AtomicCounter lagBytes;
    private final AtomicCounter lagMs;
    private final Set<Long> knownRecordings = new HashSet<>();
    // From those who ask to this thread.
    private final ManyToOneConcurrentArrayQueue<Task> tasks = new ManyToOneConcurrentArrayQueue<>(WAITING);
    private @Nullable SessionStore store;
    private long nextCommitNs;
    private long nextOpenNs;
    private long nextCatalogNs;
    private long uncommitted;

    /**
     * Opens nothing before it runs.
     *
     * @param directory of the session.
     * @param stateLimits how large the state may become.
     * @param scan of its own.
     * @param clock of the session.
     * @param lagBytes counts how far the indices are behind the recorder.
     * @param lagMs the same as the age of the oldest message that is not in them.
     */
    public IndexAgent(
            final SessionDirectory directory,
            final StateLimits stateLimits,
            final PositionScan scan,
            final EpochNanoClock clock,
            final AtomicCounter lagBytes,
            final AtomicCounter lagMs) {
        this.directory = directory;
        this.state = new StateFeed(directory, stateLimits, IndexAgent::notice);
        this.scan = scan;
        this.clock = clock;
        this.lagBytes = lagBytes;
        this.lagMs = lagMs;
    }

    /**
     * Asks for everything that is recorded now to be in the indices. Any thread.
     *
     * @param isState whether the state is asked for, and not the session's own indices.
     * @param whenDone is called on this agent's thread with what is there, which holds until it returns.
     * @return ends with {@code whenDone}, or with what went wrong.
     */
    public CompletableFuture<Void> whenCaughtUp(final boolean isState, final Consumer<LiveStore> whenDone) {
        final Task task = new Task(isState, whenDone, new CompletableFuture<>());
        if (!tasks.offer(task)) {
            task.result.completeExceptionally(
                    new StoreException("index: " + WAITING + " questions wait already; try again later"));
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
        final SessionStore opened = opened(nowNs);
        if (opened == null) {
            return 0;
        }
        try {
            follow(opened);
            final Task task = tasks.poll();
            if (task != null) {
                perform(task, opened);
                return 1;
            }
            return index(opened, nowNs);
        } catch (final StoreException | UncheckedIOException e) {
            fail(e, nowNs);
            return 0;
        }
    }

    /**
     * Stores what was fed, so that a stop need not be made up for; on the thread that has ended this agent's.
     *
     * @param budgetNs how long each of the two, the session's indices and the state, may take for what is still missing.
     */
    public void finish(final long budgetNs) {
        final SessionStore opened = store;
        if (opened == null) {
            return;
        }
        try {
            readCatalog(opened);
            final long beganNs = System.nanoTime();
            while (System.nanoTime() - beganNs < budgetNs && opened.indexer().poll(MESSAGES_AT_ONCE) > 0) {
                opened.indexer().commit();
            }
            opened.indexer().commit();
            state.catchUp(MESSAGES_AT_ONCE, budgetNs);
        } catch (final StoreException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "event=index-not-finished cause=\"" + e.getMessage() + '"');
        }
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
        closeSession();
        state.close();
    }

    private void closeSession() {
        CloseHelper.quietClose(store);
        store = null;
        uncommitted = 0;
    }

    private @Nullable SessionStore opened(final long nowNs) {
        if (store == null && nowNs >= nextOpenNs) {
            try {
                store = SessionStore.open(
                        directory,
                        EngineLimits.LIVE_MEMORY_MIB,
                        IndexAgent::notice,
                        damage -> LOG.log(System.Logger.Level.WARNING, "event=damage " + damage.text()));
                knownRecordings.clear();
            } catch (final CommandFailure e) {
                fail(e, nowNs);
            }
        }
        return store;
    }

    private void follow(final SessionStore opened) {
        scan.update();
        boolean isUnknown = false;
        for (final RecorderPosition recorder : scan.recorders()) {
            isUnknown |= !knownRecordings.contains(recorder.recordingId());
        }
        if (isUnknown) {
            readCatalog(opened);
        }
        for (final RecorderPosition recorder : scan.recorders()) {
            opened.indexer().limit(recorder.recordingId(), recorder.position());
            state.limit(recorder.recordingId(), recorder.position());
        }
    }

    private void readCatalog(final SessionStore opened) {
        for (final RecordingDescriptor recording : ArchiveCatalog.recordings(directory.archive())) {
            knownRecordings.add(recording.recordingId());
            opened.indexer().update(recording);
            state.update(recording);
        }
    }

    private int index(final SessionStore opened, final long nowNs) {
        final int count = opened.indexer().poll(MESSAGES_AT_ONCE);
        state.poll(MESSAGES_AT_ONCE);

        uncommitted += count;
        if (uncommitted >= MESSAGES_A_COMMIT || (nowNs >= nextCommitNs && uncommitted > 0)) {
            commit(opened, nowNs);
        }
        tellLag(opened, nowNs);
        // Having caught up it waits: a second's worth is taken in at once for much less than message by message.
        return count >= MESSAGES_AT_ONCE ? count : 0;
    }

    private void tellLag(final SessionStore opened, final long nowNs) {
        final long behindBytes = opened.indexer().lagBytes();
        lagBytes.setRelease(behindBytes);
        final boolean isBehind = behindBytes > 0 || uncommitted > 0;
        lagMs.setRelease(isBehind ? Math.max(0, nowNs - opened.indexer().committedNs()) / NS_PER_MS : 0);
    }

    private void perform(final Task task, final SessionStore opened) {
        try {
            readCatalog(opened);
            if (task.isState) {
                state.catchUp(MESSAGES_AT_ONCE, Long.MAX_VALUE);
            } else {
                opened.indexer().catchUp(MESSAGES_AT_ONCE);
                uncommitted = 0;
            }

            task.whenDone.accept(new LiveStore(opened, state.store()));
            task.result.complete(null);
        } catch (final RuntimeException e) {
            // Whoever waits is told, whatever it was.
            task.result.completeExceptionally(e);
            throw e;
        }
    }

    private void commit(final SessionStore opened, final long nowNs) {
        opened.indexer().commit();
        state.commit();

        uncommitted = 0;
        nextCommitNs = nowNs + COMMIT_PERIOD_NS;
        if (nowNs >= nextCatalogNs) {
            // What was deleted meanwhile is to be forgotten.
            nextCatalogNs = nowNs + CATALOG_PERIOD_NS;
            readCatalog(opened);
        }
    }

    private void fail(final RuntimeException cause, final long nowNs) {
        LOG.log(System.Logger.Level.WARNING, "event=index-failed retry=10s cause=\"" + cause.getMessage() + '"');
        closeSession();
        nextOpenNs = nowNs + RETRY_NS;
        refuseTasks("index: failed, and is opened again in 10s; ask again then");
    }

    private void refuseTasks(final String reason) {
        for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
            task.result.completeExceptionally(new StoreException(reason));
        }
    }

    private static void notice(final String text) {
        LOG.log(System.Logger.Level.WARNING, "event=index " + text);
    }

    private record Task(boolean isState, Consumer<LiveStore> whenDone, CompletableFuture<Void> result) {}
}
