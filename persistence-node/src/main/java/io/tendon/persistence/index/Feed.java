package io.tendon.persistence.index;

import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.store.Indexer;
import io.tendon.store.StoreException;
import java.util.Collection;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one store up to the recording. What goes wrong with it concerns it alone: it is closed then. Owned by the indices'
 * thread.
 *
 * @param <S> what can be asked while it is open.
 */
abstract class Feed<S> {
    /** Most messages of each writer's life that are taken in at once. */
    static final int MESSAGES_AT_ONCE = 1_000;

    private static final System.Logger LOG = System.getLogger(Feed.class.getName());
    private static final int MESSAGES_A_COMMIT = 5_000;

    private final String name;
    private @Nullable Opened<S> opened;
    private long uncommitted;

    /**
     * Opens nothing.
     *
     * @param name in the log.
     */
    Feed(final String name) {
        this.name = name;
    }

    /** Opens it, with an indexer that knows no recording; null while that cannot be. */
    abstract @Nullable Opened<S> open(long nowNs);

    /** Lets go of what {@link #open} opened, whose indexer is closed, since something went wrong or it is over. */
    abstract void release(Opened<S> released);

    /** What to say to who asks while it is not open. */
    abstract String whyClosed();

    /** A moment after something went wrong. */
    abstract void failed(RuntimeException cause);

    /** Opens it, if it is not open and can be. */
    final void tryOpen(final long nowNs, final Collection<RecordingDescriptor> recordings) {
        if (opened == null) {
            try {
                opened = open(nowNs);
            } catch (final RuntimeException e) {
                fail(e);
            }
            recordings.forEach(this::update);
        }
    }

    /** Adds a recording, or says how it stands now. */
    final void update(final RecordingDescriptor recording) {
        guard(indexer -> indexer.update(recording));
    }

    /** Says how far the recorder has come. */
    final void limit(final long recordingId, final long position) {
        guard(indexer -> indexer.limit(recordingId, position));
    }

    /** Takes in what is there, and stores it when it has become much; how many messages there were. */
    final int poll() {
        final Opened<S> polled = opened;
        if (polled == null) {
            return 0;
        }
        try {
            final int count = polled.indexer.poll(MESSAGES_AT_ONCE);
            uncommitted += count;
            if (uncommitted >= MESSAGES_A_COMMIT) {
                commit();
            }
            return count;
        } catch (final RuntimeException e) {
            fail(e);
            return 0;
        }
    }

    /** Stores what was taken in. */
    final void commit() {
        if (uncommitted > 0) {
            guard(Indexer::commit);
            uncommitted = 0;
        }
    }

    /**
     * Takes in and stores everything that is recorded.
     *
     * @return what can be asked then.
     * @throws StoreException when it is not open.
     */
    final S caughtUp() {
        final Opened<S> asked = opened;
        if (asked == null) {
            throw new StoreException(whyClosed());
        }
        try {
            asked.indexer.catchUp(MESSAGES_AT_ONCE);
            uncommitted = 0;
            return asked.store;
        } catch (final RuntimeException e) {
            fail(e);
            throw e;
        }
    }

    /** Takes in and stores what it can in the given time. */
    final void finish(final long budgetNs) {
        final long beganNs = System.nanoTime();
        while (System.nanoTime() - beganNs < budgetNs && poll() > 0) {
            commit();
        }
        commit();
    }

    /** Bytes of the recording that are not taken in; -1 while it is not open. */
    final long lagBytes() {
        return opened == null ? -1 : opened.indexer.lagBytes();
    }

    /** Age of the oldest recorded message that is not stored, ns; 0 when all is, -1 while that is not known. */
    final long lagNs(final long nowNs) {
        if (opened == null) {
            return -1;
        }
        if (uncommitted == 0 && opened.indexer.lagBytes() == 0) {
            return 0;
        }
        final long committedNs = opened.indexer.committedNs();
        return committedNs == 0 ? -1 : Math.max(0, nowNs - committedNs);
    }

    /** Ends it, whatever is not stored. */
    void close() {
        final Opened<S> closed = opened;
        opened = null;
        uncommitted = 0;
        if (closed != null) {
            CloseHelper.quietClose(closed.indexer);
            release(closed);
        }
    }

    private void guard(final Consumer<Indexer> step) {
        if (opened != null) {
            try {
                step.accept(opened.indexer);
            } catch (final RuntimeException e) {
                fail(e);
            }
        }
    }

    private void fail(final RuntimeException cause) {
        LOG.log(
                System.Logger.Level.WARNING,
                "event=index-failed index=" + name + " cause=\"" + cause.getMessage() + '"',
                cause instanceof StoreException ? null : cause);
        failed(cause);
        close();
    }

    /**
     * What was opened.
     *
     * @param store to ask.
     * @param indexer that feeds it.
     */
    record Opened<S>(S store, Indexer indexer) {}
}
