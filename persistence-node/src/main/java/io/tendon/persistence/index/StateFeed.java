package io.tendon.persistence.index;

import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.store.Indexer;
import io.tendon.store.state.StateCatchUp;
import io.tendon.store.state.StateIndex;
import io.tendon.store.state.StateLimits;
import io.tendon.store.state.StateOpening;
import io.tendon.store.state.StateStore;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the state of the data directory with the session that is recorded, once the state is open, which takes a while and
 * nobody waits for. Owned by the indices' thread.
 */
final class StateFeed extends Feed<StateStore> {
    private final SessionDirectory directory;
    private final Consumer<String> notices;
    private final StateLimits limits;
    private @Nullable StateOpening opening;
    private String cause = "the recorder has not opened it yet";

    StateFeed(final SessionDirectory directory, final StateLimits limits, final Consumer<String> notices) {
        super("state");
        this.directory = directory;
        this.notices = notices;
        this.limits = limits;
    }

    /** Begins to open the state, on a thread that ends with {@link #close}. */
    void begin() {
        opening = StateOpening.begin(directory.data(), limits, this::isOther, notices);
    }

    /**
     * Takes in and stores everything that is recorded, by other robots with the same data directory, too.
     *
     * @return what can be asked then.
     */
    StateStore caughtUpWithAll() {
        final StateStore store = caughtUp();
        new StateCatchUp(store, directory.data(), notices).run(this::isOther, () -> false);
        return store;
    }

    @Override
    @Nullable
    Opened<StateStore> open(final long nowNs) {
        final StateStore store = opening == null ? null : opening.poll();
        if (store == null) {
            return null;
        }
        final StateIndex index =
                new StateIndex(store, directory.sessionId(), MessageIr.of(directory, notices), notices);
        return new Opened<>(store, new Indexer(directory.archive(), List.of(index), damage -> {}));
    }

    @Override
    void release(final Opened<StateStore> released) {
        endOpening();
    }

    @Override
    String whyClosed() {
        return "state: is not open: " + cause;
    }

    @Override
    void failed(final RuntimeException failure) {
        cause = String.valueOf(failure.getMessage());
    }

    @Override
    void close() {
        super.close();
        endOpening();
    }

    private void endOpening() {
        CloseHelper.quietClose(opening);
        opening = null;
    }

    private boolean isOther(final String session) {
        return !session.equals(directory.sessionId());
    }
}
