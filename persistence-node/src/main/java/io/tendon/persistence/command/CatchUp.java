package io.tendon.persistence.command;

import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.store.SessionStore;
import java.io.PrintWriter;
import java.util.Locale;

/** Brings a session's store up to the end of its recording, and says how far it is when that takes a while. Main thread. */
final class CatchUp {
    private static final long SILENT_NS = 1_500_000_000L;
    private static final long PERIOD_NS = 500_000_000L;

    private final Session session;
    private final SessionStore store;
    private final PrintWriter err;

    CatchUp(final Session session, final SessionStore store, final PrintWriter err) {
        this.session = session;
        this.store = store;
        this.err = err;
    }

    /**
     * Takes in what is missing.
     *
     * @param messagesAtOnce between two transactions, of each writer.
     */
    void run(final int messagesAtOnce) {
        final long beganNs = System.nanoTime();
        long nextNs = beganNs + SILENT_NS;
        boolean hasSpoken = false;
        ArchiveListing.of(session.directory().archive()).recordings().forEach(store.indexer()::update);
        final long messages = session.manifest().recordings().stream()
                .mapToLong(RecordingEntry::messages)
                .sum();
        final long lagBytes = store.indexer().lagBytes();
        while (store.indexer().poll(messagesAtOnce) > 0) {
            store.indexer().commit();
            final long nowNs = System.nanoTime();
            if (nowNs - nextNs >= 0) {
                nextNs = nowNs + PERIOD_NS;
                hasSpoken = true;
                print(lagBytes, messages, (nowNs - beganNs) / 1e9);
            }
        }
        store.indexer().catchUp(messagesAtOnce);
        if (hasSpoken) {
            err.printf(Locale.ROOT, "%nindexed %d messages%n", store.indexer().indexedMessages());
            err.flush();
        }
    }

    private void print(final long lagBytes, final long messages, final double seconds) {
        final double share = lagBytes == 0
                ? (double) store.indexer().indexedMessages() / Math.max(1, messages)
                : 1 - (double) store.indexer().lagBytes() / lagBytes;
        final double bounded = Math.min(1, Math.max(0.001, share));
        err.printf(
                Locale.ROOT,
                "\rindexing %s: %3.0f %%, %.0f s left ",
                session.directory().sessionId(),
                100 * bounded,
                seconds / bounded - seconds);
        err.flush();
    }
}
