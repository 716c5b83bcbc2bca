package io.tendon.persistence.index;

import io.tendon.bus.config.Durations;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.store.SessionStore;
import io.tendon.store.history.EngineLimits;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the indices of the session that is recorded, and opens them again a while after something went wrong: they go on
 * where they stood then. Owned by the indices' thread.
 */
final class SessionFeed extends Feed<SessionStore> {
    private static final long RETRY_NS = 10_000_000_000L;

    private final SessionDirectory directory;
    private final Consumer<String> notices;
    private long nextOpenNs = Long.MIN_VALUE;
    private long latestNs;
    private String cause = "";

    SessionFeed(final SessionDirectory directory, final Consumer<String> notices) {
        super("session");
        this.directory = directory;
        this.notices = notices;
    }

    @Override
    @Nullable
    Opened<SessionStore> open(final long nowNs) {
        latestNs = nowNs;
        if (nowNs < nextOpenNs) {
            return null;
        }
        final SessionStore store = SessionStore.open(
                directory,
                EngineLimits.LIVE_MEMORY_MIB,
                notices,
                damage -> notices.accept("damaged: " + damage.text()));
        return new Opened<>(store, store.indexer());
    }

    @Override
    void release(final Opened<SessionStore> released) {
        CloseHelper.quietClose(released.store());
    }

    @Override
    String whyClosed() {
        return "index: is not open (" + cause + "); it is opened again within " + Durations.format(RETRY_NS)
                + ", ask again then";
    }

    @Override
    void failed(final RuntimeException failure) {
        cause = String.valueOf(failure.getMessage());
        nextOpenNs = latestNs + RETRY_NS;
    }
}
