package io.tendon.persistence.retention;

import io.tendon.persistence.session.RecordingSigns;
import io.tendon.persistence.session.SessionRobots;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionCatalog;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.manifest.ManifestException;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.manifest.SessionManifestFile;
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

    private final Path data;
    private final String ownSessionId;
    private final ErrorHandler errors;
    private final Map<String, Known> known = new HashMap<>();
    private final Set<String> stale = new HashSet<>();

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

    /**
     * All sessions as they stand now, oldest first.
     *
     * @throws IOException when nobody can say which sessions are recorded.
     */
    List<StoredSession> all() throws IOException {
        final List<StoredSession> sessions = new ArrayList<>();
        final Set<String> present = new HashSet<>();
        final Set<String> live = SessionRobots.liveSessions();
        for (final SessionDirectory directory : new SessionCatalog(data).directories()) {
            final FileTime modified = modified(directory.manifest());
            // One that is younger and has no manifest is being made.
            if (!modified.equals(NONE) || isOwn(directory) || !RecordingSigns.isYoung(directory.root())) {
                present.add(directory.sessionId());
                try {
                    sessions.add(known(directory, modified, live));
                } catch (final UncheckedIOException e) {
                    // Of what cannot be read nothing is deleted.
                    errors.onError(e);
                }
            }
        }
        known.keySet().retainAll(present);
        stale.retainAll(present);
        sessions.sort(Comparator.<StoredSession>comparingLong(
                        session -> session.manifest().startedNs())
                .thenComparing(session -> session.directory().sessionId()));
        return sessions;
    }

    /**
     * Whether somebody has begun to record a session, to go on with it, or has repaired it, since {@link #all} has looked.
     *
     * @throws IOException when nobody can say.
     */
    boolean hasChanged(final StoredSession session) throws IOException {
        final String sessionId = session.directory().sessionId();
        final Known before = known.get(sessionId);
        return before == null
                || !before.modified.equals(modified(session.directory().manifest()))
                || SessionRobots.liveSessions().contains(sessionId);
    }

    /** Something of a session was deleted: it is looked at anew the next time. */
    void forget(final StoredSession session) {
        stale.add(session.directory().sessionId());
    }

    private StoredSession known(final SessionDirectory directory, final FileTime modified, final Set<String> live) {
        final Known before = known.get(directory.sessionId());
        final boolean isLive = live.contains(directory.sessionId());
        if (before != null
                && !isLive
                && !stale.contains(directory.sessionId())
                && before.modified.equals(modified)
                && before.session.recordedBy() == StoredSession.RecordedBy.NOBODY) {
            return before.session;
        }
        final StoredSession session = look(directory, isLive);
        known.put(directory.sessionId(), new Known(modified, session));
        stale.remove(directory.sessionId());
        return session;
    }

    /** One that is recorded, as of the last checkpoint; the others counted to their end. */
    private StoredSession look(final SessionDirectory directory, final boolean isLive) {
        final boolean isOwn = isOwn(directory);
        try {
            final SessionManifest written = SessionManifestFile.read(directory.manifest());
            if (isOwn || isLive || RecordingSigns.mayBeRecorded(directory, written)) {
                return StoredSession.of(
                        directory, written, isOwn ? StoredSession.RecordedBy.US : StoredSession.RecordedBy.ANOTHER);
            }
        } catch (final ManifestException e) {
            // It is made again from the recordings.
        }
        return StoredSession.of(
                directory,
                Session.open(directory).manifest(),
                isOwn
                        ? StoredSession.RecordedBy.US
                        : isLive ? StoredSession.RecordedBy.ANOTHER : StoredSession.RecordedBy.NOBODY);
    }

    private boolean isOwn(final SessionDirectory directory) {
        return directory.sessionId().equals(ownSessionId);
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
