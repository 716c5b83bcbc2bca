package io.tendon.persistence.command;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.ProcessLock;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.persistence.session.RecordingSigns;
import io.tendon.persistence.session.SessionLock;
import io.tendon.persistence.session.SessionRobots;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.manifest.ManifestException;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.manifest.SessionManifestFile;
import io.tendon.sessionlog.manifest.SessionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.CloseHelper;

/**
 * Keeps recorders, replays and other repairs from a session while it is repaired, by the locks that they take: of each robot
 * of this user whose driver runs that session the recorder's, of each whose replay plays it the replay's. Main thread.
 */
final class RepairGuard implements AutoCloseable {
    private final List<ProcessLock> locks = new ArrayList<>();

    /**
     * Takes the locks.
     *
     * @param session to be repaired.
     * @throws CommandFailure when somebody has it.
     */
    RepairGuard(final SessionDirectory session) {
        try {
            requireUnrecorded(session);
            for (final RuntimeDirectory robot : SessionRobots.ofThisUser()) {
                if (runs(robot, session)) {
                    locks.add(ProcessLock.acquire(
                            robot.recorderLockFile(), () -> recorded(session, "by robot " + robot.name())));
                }
                if (isReplayed(robot, session)) {
                    locks.add(ProcessLock.acquire(
                            robot.replayLockFile(),
                            () -> "session " + session.sessionId() + ": is being replayed by robot " + robot.name()
                                    + "; stop that replay first"));
                }
            }
            locks.add(SessionLock.tryAcquire(session)
                    .orElseThrow(() -> new CommandFailure("session " + session.sessionId()
                            + ": is being repaired already, or a recorder makes room in it; try again in a moment")));
        } catch (final IOException e) {
            close();
            throw new CommandFailure(
                    session.repair() + ": cannot be made (" + e + "); free some space there and check its rights");
        } catch (final RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(locks);
    }

    /**
     * Refuses a session that may be recorded at this moment: what is read of it would be half written. A robot of another
     * machine or user is known by the manifest alone; whether one of this user records, its lock says.
     *
     * @param session that is to be read or repaired.
     * @throws CommandFailure when somebody records it, or may be about to.
     * @throws IOException when the directory of all robots cannot be read.
     */
    static void requireUnrecorded(final SessionDirectory session) throws IOException {
        final SessionManifest written;
        try {
            written = SessionManifestFile.read(session.manifest());
        } catch (final ManifestException e) {
            // To be repaired.
            return;
        }
        if (written.presentState() == SessionState.OPEN) {
            throw new CommandFailure(recorded(session, "at this moment"));
        }
        if (RecordingSigns.mayBeRecorded(session, written)
                && SessionRobots.ofThisUser().stream().noneMatch(robot -> runs(robot, session))) {
            throw new CommandFailure("session " + session.sessionId() + ": may be recorded at this moment, by another"
                    + " machine or a recorder that is started again: its manifest was written less than "
                    + RecordingSigns.YOUNG_S + " s ago; stop that robot, or try again when it is older");
        }
    }

    private static boolean runs(final RuntimeDirectory robot, final SessionDirectory session) {
        return SessionAnchor.readLive(robot.sessionFile())
                .filter(anchor -> anchor.sessionName().equals(session.sessionId()))
                .isPresent();
    }

    private static String recorded(final SessionDirectory session, final String by) {
        return "session " + session.sessionId() + ": is being recorded " + by + "; stop the robot first";
    }

    /** Its view of the session is made of links to the recorded files. */
    private static boolean isReplayed(final RuntimeDirectory robot, final SessionDirectory session) throws IOException {
        final Path view = robot.replayDirectory();
        if (!Files.isDirectory(view)) {
            return false;
        }
        final Path archive = session.archive().toAbsolutePath();
        try (Stream<Path> links = Files.list(view)) {
            for (final Path link : links.filter(Files::isSymbolicLink).toList()) {
                if (Files.readSymbolicLink(link).startsWith(archive)) {
                    return true;
                }
            }
        }
        return false;
    }
}
