package io.tendon.persistence.command;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.ProcessLock;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.manifest.ManifestException;
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
            for (final RuntimeDirectory robot : robots()) {
                if (SessionAnchor.readLive(robot.sessionFile())
                        .filter(anchor -> anchor.sessionName().equals(session.sessionId()))
                        .isPresent()) {
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
            Files.createDirectories(session.repair());
            locks.add(ProcessLock.acquire(
                    session.repair().resolve("lock"),
                    () -> "session " + session.sessionId() + ": is being repaired already"));
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

    /** A robot of another machine or user is known by the manifest alone. */
    private static void requireUnrecorded(final SessionDirectory session) {
        try {
            if (SessionManifestFile.read(session.manifest()).presentState() == SessionState.OPEN) {
                throw new CommandFailure(recorded(session, "at this moment"));
            }
        } catch (final ManifestException e) {
            // To be repaired.
        }
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

    private static List<RuntimeDirectory> robots() throws IOException {
        final Path example = RuntimeDirectory.of("x").directory();
        final String prefix = String.valueOf(example.getFileName());
        final String own = prefix.substring(0, prefix.length() - 1);
        final Path root = example.resolveSibling("");
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(Files::isDirectory)
                    .map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.startsWith(own) && name.length() > own.length())
                    .sorted()
                    .map(name -> RuntimeDirectory.of(name.substring(own.length())))
                    .toList();
        }
    }
}
