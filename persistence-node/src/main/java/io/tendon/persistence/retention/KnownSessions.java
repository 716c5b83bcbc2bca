package io.tendon.persistence.retention;

import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionCatalog;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.manifest.ManifestException;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.manifest.SessionManifestFile;
import io.tendon.sessionlog.manifest.SessionState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.ErrorHandler;

/**
 * The sessions of a data directory, looked at again only when they may have changed: those that somebody records each time,
 * the others when their manifest was written again, for an interrupted one may be gone on with. One owner thread.
 */
final class KnownSessions {
    private static final FileTime NONE = FileTime.fromMillis(0);

    /** A session that is younger and has no manifest is being made. */
    private static final long BEGINNING_MS = 60_000;

    private final Path data;
    private final String ownSessionId;
    private final ErrorHandler errors;
    private final Map<String, Known> known = new HashMap<>();

    /**
     * Knows none yet.
     *
     * @param data directory of all sessions.
     * @param ownSessionId the session that this process records.
     * @param errors is told of sessions that cannot be read, and that are left out.
     */
    KnownSessions(final Path data, final String ownSessionId, final ErrorHandler errors) {
        this.data = data;
        this.ownSessionId = ownSessionId;
        this.errors = errors;
    }

    /** All sessions as they stand now, oldest first. */
    List<StoredSession> all() {
        final List<StoredSession> sessions = new ArrayList<>();
        final Set<String> present = new HashSet<>();
        for (final SessionDirectory directory : new SessionCatalog(data).directories()) {
            final FileTime modified = modified(directory.manifest());
            if (!modified.equals(NONE) || isOwn(directory) || !isBeginning(directory)) {
                present.add(directory.sessionId());
                try {
                    sessions.add(known(directory, modified));
                } catch (final UncheckedIOException e) {
                    // Of what cannot be read nothing is deleted.
                    errors.onError(e);
                }
            }
        }
        known.keySet().retainAll(present);
        sessions.sort(Comparator.<StoredSession>comparingLong(
                        session -> session.manifest().startedNs())
                .thenComparing(session -> session.directory().sessionId()));
        return sessions;
    }

    /** Whether somebody has begun to record a session, or to go on with it, since {@link #all} has looked. */
    boolean hasChanged(final StoredSession session) {
        final Known before = known.get(session.directory().sessionId());
        return before == null
                || !before.modified.equals(modified(session.directory().manifest()));
    }

    /** Something of a session was deleted: it is looked at anew the next time. */
    void forget(final StoredSession session) {
        known.remove(session.directory().sessionId());
    }

    private StoredSession known(final SessionDirectory directory, final FileTime modified) {
        final Known before = known.get(directory.sessionId());
        if (before != null
                && before.modified.equals(modified)
                && before.session.recordedBy() == StoredSession.RecordedBy.NOBODY) {
            return before.session;
        }
        final StoredSession session = look(directory);
        known.put(directory.sessionId(), new Known(modified, session));
        return session;
    }

    /** One that is recorded, as of the last checkpoint; the others counted to their end. */
    private StoredSession look(final SessionDirectory directory) {
        final boolean isOwn = isOwn(directory);
        try {
            final SessionManifest written = SessionManifestFile.read(directory.manifest());
            if (isOwn || written.presentState() == SessionState.OPEN) {
                return StoredSession.of(
                        directory, written, isOwn ? StoredSession.RecordedBy.US : StoredSession.RecordedBy.ANOTHER);
            }
        } catch (final ManifestException e) {
            // It is made again from the recordings.
        }
        return StoredSession.of(
                directory,
                Session.open(directory).manifest(),
                isOwn ? StoredSession.RecordedBy.US : StoredSession.RecordedBy.NOBODY);
    }

    private boolean isOwn(final SessionDirectory directory) {
        return directory.sessionId().equals(ownSessionId);
    }

    private static boolean isBeginning(final SessionDirectory directory) {
        return System.currentTimeMillis() - modified(directory.root()).toMillis() < BEGINNING_MS;
    }

    private static FileTime modified(final Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (final IOException e) {
            // There is none, or none any more.
            return NONE;
        }
    }

    private record Known(FileTime modified, StoredSession session) {}
}
