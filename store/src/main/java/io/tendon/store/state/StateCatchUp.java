package io.tendon.store.state;

import io.tendon.sessionlog.SessionCatalog;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.store.Indexer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Brings a store to where the recordings of all sessions are, from where it stands on: a little after an orderly end,
 * everything after another one. Sessions that are recorded meanwhile are read to what is written. Reads files alone. On
 * the thread that owns the store.
 */
public final class StateCatchUp {
    private static final int MESSAGES_PER_COMMIT = 100_000;

    private final StateTable table;
    private final Path data;
    private final IntPredicate streamFilter;
    private final Consumer<String> notices;
    private long messages;

    /**
     * Nothing is read yet.
     *
     * @param store to bring on.
     * @param data directory of all sessions.
     * @param notices is told, in one line each, what could not be taken in.
     */
    public StateCatchUp(final StateStore store, final Path data, final Consumer<String> notices) {
        this(store, data, streamId -> true, notices);
    }

    StateCatchUp(
            final StateTable table, final Path data, final IntPredicate streamFilter, final Consumer<String> notices) {
        this.table = table;
        this.data = data;
        this.streamFilter = streamFilter;
        this.notices = notices;
    }

    /**
     * Reads and stores to the end of what is written.
     *
     * @param sessionFilter which sessions, by name; one that an indexer of its own follows is left out.
     * @param isStopped asked now and then; what was read until then is stored.
     * @return whether it came to the end.
     */
    public boolean run(final Predicate<String> sessionFilter, final BooleanSupplier isStopped) {
        final List<SessionDirectory> sessions = new SessionCatalog(data).directories();
        table.retainSessions(sessions.stream().map(SessionDirectory::sessionId).toList());
        for (final SessionDirectory session : sessions) {
            if (sessionFilter.test(session.sessionId()) && !take(session, isStopped)) {
                return false;
            }
        }
        return true;
    }

    /** Messages that were read; for tests. */
    long messages() {
        return messages;
    }

    private boolean take(final SessionDirectory session, final BooleanSupplier isStopped) {
        final List<RecordingDescriptor> recordings = ArchiveListing.of(session.archive()).recordings().stream()
                .filter(recording -> streamFilter.test(recording.streamId()))
                .toList();
        if (recordings.stream().noneMatch(recording -> isNew(session, recording))) {
            return true;
        }
        if (!StateIndex.isNameKept(session.sessionId())) {
            notices.accept("session " + session.sessionId()
                    + ": its name is too long for its state to be kept, and it is left" + " out; rename its directory");
            return true;
        }
        final StateIndex index = new StateIndex(table, session.sessionId(), MessageIr.of(session, notices), notices);
        try (Indexer indexer = new Indexer(session.archive(), List.of(index), DamageListener.IGNORED)) {
            recordings.forEach(indexer::update);
            int read;
            do {
                if (isStopped.getAsBoolean()) {
                    return false;
                }
                read = indexer.poll(MESSAGES_PER_COMMIT);
                indexer.commit();
                messages += read;
            } while (read > 0);
        }
        return true;
    }

    private boolean isNew(final SessionDirectory session, final RecordingDescriptor recording) {
        return recording.isOpen()
                || recording.stopPosition() > table.position(session.sessionId(), recording.publicationKey());
    }
}
