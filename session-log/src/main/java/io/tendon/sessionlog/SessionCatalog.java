package io.tendon.sessionlog;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sessions in a data directory. Immutable; any thread; looks at the disk at each call.
 *
 * @param data directory of all sessions.
 */
public record SessionCatalog(Path data) {
    /**
     * Lists the sessions.
     *
     * @return oldest first, by when they began; none when the directory is not there yet.
     * @throws ConfigException when it is no directory or cannot be read.
     */
    public List<Session> sessions() {
        return directories().stream()
                .map(Session::open)
                .sorted(Comparator.<Session>comparingLong(
                                session -> session.manifest().startedNs())
                        .thenComparing(session -> session.directory().sessionId()))
                .toList();
    }

    /**
     * The session that began last.
     *
     * @return the session.
     * @throws SessionNotFoundException when there is none.
     */
    public Session latest() throws SessionNotFoundException {
        return Session.open(latestDirectory());
    }

    /**
     * Where the session is that began last, without a look at its recordings: they may be damaged.
     *
     * @return its directory.
     * @throws SessionNotFoundException when there is none.
     */
    public SessionDirectory latestDirectory() throws SessionNotFoundException {
        return directories().stream()
                .max(Comparator.comparing(SessionCatalog::hasContent)
                        .thenComparingLong(Session::startedNs)
                        .thenComparing(SessionDirectory::sessionId))
                .orElseThrow(this::noSessions);
    }

    /**
     * A session by name.
     *
     * @param name its id, or the beginning of it if no other session's begins so.
     * @return the session.
     * @throws SessionNotFoundException when none or several fit.
     */
    public Session find(final String name) throws SessionNotFoundException {
        return Session.open(findDirectory(name));
    }

    /**
     * Where a session is, without a look into it: it may be damaged.
     *
     * @param name its id, or the beginning of it if no other session's begins so.
     * @return its directory.
     * @throws SessionNotFoundException when none or several fit.
     */
    public SessionDirectory findDirectory(final String name) throws SessionNotFoundException {
        final List<String> ids =
                directories().stream().map(SessionDirectory::sessionId).toList();
        if (ids.isEmpty()) {
            throw noSessions();
        }
        if (ids.contains(name)) {
            return new SessionDirectory(data, name);
        }
        final List<String> fitting =
                ids.stream().filter(id -> id.startsWith(name)).toList();
        if (fitting.size() == 1) {
            return new SessionDirectory(data, fitting.get(0));
        }
        if (fitting.size() > 1) {
            throw new SessionNotFoundException("--session=" + name + ": fits " + fitting.size() + " sessions ("
                    + String.join(", ", fitting) + "); give more of the name");
        }
        throw new SessionNotFoundException("--session=" + name + ": no such session in " + data + "; did you mean "
                + Nearest.to(name, ids) + "? `persistence-node sessions` lists them");
    }

    /**
     * Lists where the sessions are, without a look into them.
     *
     * @return in the order of their ids; none when the directory is not there yet.
     * @throws ConfigException when it is no directory or cannot be read.
     */
    public List<SessionDirectory> directories() {
        final Path sessions = data.resolve(SessionDirectory.SESSIONS);
        requireDirectory(data);
        requireDirectory(sessions);
        if (!Files.isDirectory(sessions)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(sessions)) {
            return entries.filter(Files::isDirectory)
                    .map(path -> new SessionDirectory(data, String.valueOf(path.getFileName())))
                    .sorted(Comparator.comparing(SessionDirectory::sessionId))
                    .toList();
        } catch (final IOException e) {
            throw new ConfigException("data", data, "must be readable (" + e + ")", "check the rights", e);
        }
    }

    /** One that is not there yet is none to complain of: there was nothing to record. */
    private void requireDirectory(final Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new ConfigException(
                    "data",
                    data,
                    "must be a directory" + (path.equals(data) ? "" : ", and so must " + path),
                    "give the one that the robot records to");
        }
    }

    private static boolean hasContent(final SessionDirectory directory) {
        return Files.exists(directory.manifest()) || Files.isDirectory(directory.archive());
    }

    private SessionNotFoundException noSessions() {
        return new SessionNotFoundException("--data=" + data
                + ": holds no session yet; start the robot (launch-all.sh), or give the directory it records to");
    }
}
