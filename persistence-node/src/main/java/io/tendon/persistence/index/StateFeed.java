package io.tendon.persistence.index;

import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.store.Indexer;
import io.tendon.store.StoreException;
import io.tendon.store.state.StateIndex;
import io.tendon.store.state.StateLimits;
import io.tendon.store.state.StateOpening;
import io.tendon.store.state.StateStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the state of the data directory up to the session that is recorded, once the state is open, which takes a while and
 * nobody waits for. Owned by the indices' thread.
 */
final class StateFeed implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StateFeed.class.getName());

    private final SessionDirectory directory;
    private final Consumer<String> notices;
    private final StateLimits limits;
    private @Nullable StateOpening opening;
    private final Map<Long, RecordingDescriptor> recordings = new HashMap<>();
    private @Nullable StateStore store;
    private @Nullable Indexer indexer;
    private boolean hasFailed;

    StateFeed(final SessionDirectory directory, final StateLimits limits, final Consumer<String> notices) {
        this.directory = directory;
        this.notices = notices;
        this.limits = limits;
    }

    /** Begins to open the state, on a thread that ends with {@link #close}. */
    void begin() {
        opening = StateOpening.begin(
                directory.data(), limits, session -> !session.equals(directory.sessionId()), notices);
    }

    /** The state, null while it is not open. */
    @Nullable
    StateStore store() {
        return store;
    }

    void update(final RecordingDescriptor recording) {
        recordings.put(recording.recordingId(), recording);
        if (indexer != null) {
            indexer.update(recording);
        }
    }

    void limit(final long recordingId, final long position) {
        if (indexer != null) {
            indexer.limit(recordingId, position);
        }
    }

    /** Takes in what is there, and looks whether the state is open by now; how many messages there were. */
    int poll(final int messageLimit) {
        try {
            open();
            return indexer == null ? 0 : indexer.poll(messageLimit);
        } catch (final StoreException e) {
            fail(e);
            return 0;
        }
    }

    void commit() {
        try {
            if (indexer != null) {
                indexer.commit();
            }
        } catch (final StoreException e) {
            fail(e);
        }
    }

    /** Takes in and stores all that is there, as far as it comes in the given time. */
    void catchUp(final int messageLimit, final long budgetNs) {
        final long beganNs = System.nanoTime();
        while (System.nanoTime() - beganNs < budgetNs && poll(messageLimit) > 0) {
            commit();
        }
        commit();
    }

    @Override
    public void close() {
        store = null;
        CloseHelper.quietCloseAll(indexer, opening);
    }

    private void open() {
        if (indexer == null && !hasFailed && opening != null) {
            final StateStore opened = opening.poll();
            if (opened != null) {
                final StateIndex index =
                        new StateIndex(opened, directory.sessionId(), MessageIr.of(directory, notices), notices);
                final Indexer made = new Indexer(directory.archive(), List.of(index), damage -> {});
                recordings.values().forEach(made::update);
                indexer = made;
                store = opened;
            }
        }
    }

    private void fail(final StoreException cause) {
        LOG.log(System.Logger.Level.WARNING, "event=state-failed cause=\"" + cause.getMessage() + '"');
        hasFailed = true;
        store = null;
        CloseHelper.quietClose(indexer);
        indexer = null;
    }
}
