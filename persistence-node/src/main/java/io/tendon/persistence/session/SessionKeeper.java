package io.tendon.persistence.session;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.manifest.ManifestException;
import io.tendon.sessionlog.manifest.ManifestRebuilder;
import io.tendon.sessionlog.manifest.RecorderProcess;
import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.manifest.RobotDescription;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.manifest.SessionManifestFile;
import io.tendon.sessionlog.manifest.SessionOrigin;
import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.sessionlog.manifest.UnrecordedTail;
import io.tendon.sessionlog.recording.RecordedMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps the manifest of the session that is recorded. Belongs to the main thread until the log's tail runs, then to that
 * thread, and to the main thread again when it has ended.
 */
public final class SessionKeeper {
    private static final int RESERVED_BYTES = 64 * 1024;

    private final SessionDirectory directory;
    private final long openedNs;
    private SessionManifest manifest;

    private SessionKeeper(final SessionDirectory directory, final long openedNs, final SessionManifest manifest) {
        this.directory = directory;
        this.openedNs = openedNs;
        this.manifest = manifest;
    }

    /**
     * Begins a session, or goes on with one whose recorder died.
     *
     * @param directory of the session; made when it is not there.
     * @param keptFiles copied into the session.
     * @param durability when what is recorded comes to the device.
     * @param nowNs time by the session's clock.
     * @return keeper of the open session; the manifest is written.
     * @throws IOException when the disk refuses.
     * @throws CommandFailure when a younger build has recorded the session; nothing is changed.
     */
    public static SessionKeeper open(
            final SessionDirectory directory, final List<Path> keptFiles, final String durability, final long nowNs)
            throws IOException {
        // Before anything is written there.
        final SessionManifest earlier = earlier(directory, nowNs);
        Files.createDirectories(directory.archive());
        Files.write(directory.schema(), MessageSchema.irBytes());
        Files.createDirectories(directory.config());
        for (final Path file : keptFiles) {
            Files.copy(
                    file,
                    directory.config().resolve(file.getFileName().toString()),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        reserve(directory, RESERVED_BYTES);
        final SessionKeeper keeper = new SessionKeeper(
                directory,
                nowNs,
                new SessionManifest(
                        directory.sessionId(),
                        SessionState.OPEN,
                        earlier.startedNs(),
                        nowNs,
                        origin(earlier.origin()),
                        RecorderProcess.current(durability),
                        earlier.recordings(),
                        List.of(),
                        ManifestRebuilder.configFiles(directory.config()),
                        earlier.isRebuilt()));
        keeper.write();
        return keeper;
    }

    /**
     * When this recorder opened the session, ns since the epoch; the session's start when it is the first. To be recorded,
     * so that a manifest made again from the archive says the same.
     */
    public long openedNs() {
        return openedNs;
    }

    /** The manifest as it would be written now. */
    public SessionManifest manifest() {
        return manifest;
    }

    /**
     * Takes over what was counted.
     *
     * @param entries of all recordings.
     * @param nowNs time by the session's clock.
     */
    public void count(final List<RecordingEntry> entries, final long nowNs) {
        manifest = manifest.withRecordings(entries, nowNs);
    }

    /**
     * Takes over what was published behind the end of the recordings.
     *
     * @param tails of the streams that lost something there.
     */
    public void unrecorded(final List<UnrecordedTail> tails) {
        manifest = manifest.withUnrecorded(tails);
    }

    /**
     * Learns the robot from a message, once.
     *
     * @param robot reads descriptions.
     * @param message any.
     */
    public void describe(final RobotDescription robot, final RecordedMessage message) {
        final SessionOrigin origin = robot.describe(manifest.origin(), message);
        if (!origin.equals(manifest.origin())) {
            manifest = manifest.withOrigin(origin);
        }
    }

    /**
     * Writes the manifest.
     *
     * @throws IOException when the disk refuses.
     */
    public void write() throws IOException {
        SessionManifestFile.write(directory.manifest(), manifest);
    }

    /**
     * Ends the session.
     *
     * @param state CLOSED when all recordings had caught up with their writers, else INTERRUPTED.
     * @throws IOException when the disk refuses.
     */
    public void close(final SessionState state) throws IOException {
        manifest = manifest.withState(state);
        try {
            write();
        } catch (final IOException e) {
            // The disk is full: the room that was kept for this.
            Files.deleteIfExists(reserve(directory));
            write();
        }
        Files.deleteIfExists(reserve(directory));
    }

    /** Takes room on the disk, so that a session that fills it can still be closed with its losses. */
    private static void reserve(final SessionDirectory directory, final int lengthBytes) throws IOException {
        final byte[] filler = new byte[lengthBytes];
        Arrays.fill(filler, (byte) '.');
        Files.write(reserve(directory), filler);
    }

    private static Path reserve(final SessionDirectory directory) {
        return directory.root().resolve("manifest.reserve");
    }

    private static SessionManifest earlier(final SessionDirectory directory, final long nowNs) {
        try {
            return SessionManifestFile.read(directory.manifest());
        } catch (final ManifestException e) {
            if (e.kind() == ManifestException.Kind.YOUNGER) {
                throw new CommandFailure(e.getMessage() + ", or begin another session");
            }
            // A new session, or one whose manifest is damaged: its recordings are counted again from their start.
            return new SessionManifest(
                    directory.sessionId(),
                    SessionState.OPEN,
                    nowNs,
                    nowNs,
                    SessionOrigin.UNKNOWN,
                    RecorderProcess.NONE,
                    List.of(),
                    List.of(),
                    List.of(),
                    Files.exists(directory.manifest()));
        }
    }

    private static SessionOrigin origin(final SessionOrigin earlier) {
        return new SessionOrigin(
                earlier.robotName(),
                earlier.jointNames(),
                earlier.hardware(),
                NodeCommand.buildVersion(),
                Runtime.version().toString(),
                hostName(),
                System.getProperty("os.name")
                        + ' '
                        + System.getProperty("os.version")
                        + ' '
                        + System.getProperty("os.arch"));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (final UnknownHostException e) {
            return "unknown";
        }
    }
}
