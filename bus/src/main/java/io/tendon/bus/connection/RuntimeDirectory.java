package io.tendon.bus.connection;

import io.tendon.bus.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/**
 * Where a robot lives in memory while it runs, one directory on tmpfs per user and name:
 *
 * <pre>
 *   /dev/shm/tendon-USER-NAME/
 *     aeron/               the media driver's directory: log buffers and Aeron's counters
 *     counters             what the nodes count, of this session ({@link io.tendon.bus.counter.BusCounters})
 *     session.properties   which session this is, its clock, the driver's pid ({@link SessionAnchor})
 *     recording.properties where the session is recorded ({@link RecordingPlace})
 *     driver.lock          locked by the driver while it lives
 *     recorder.lock        locked by the recorder while it lives
 *     replay.lock          locked by a replay while it lives
 *     shadow.lock          locked by a fusion that listens to replays while it lives
 *     replay/              a replay's view of the session that it plays
 *     joints.properties    names of the joints, from control
 *     simulated-arm        where a simulated arm is, so that it outlives the control that commands it
 *     cell.properties      a work cell that was planned for this launch
 *     logs/                what the processes print
 *     archive-mark/        the archive's mark file
 *     errors-NODE          each node's exceptions ({@link io.tendon.bus.errorlog.MappedErrorLog})
 * </pre>
 *
 * <p>Nothing in it outlives a restart of the machine, and nothing in it is on a disk. Any thread.
 *
 * @param name of the robot.
 * @param directory that holds the above.
 */
public record RuntimeDirectory(String name, Path directory) {
    /** System property that puts runtime directories elsewhere than /dev/shm; it should be on tmpfs. */
    public static final String ROOT_PROPERTY = "tendon.runtime.root";

    /** The directory of that robot of this user; it may not exist yet. */
    public static RuntimeDirectory of(final String name) {
        final Path root = Path.of(System.getProperty(ROOT_PROPERTY, "/dev/shm"));
        final String user = System.getProperty("user.name", "user").replaceAll("[^A-Za-z0-9_-]", "_");
        return new RuntimeDirectory(name, root.resolve("tendon-" + user + '-' + name));
    }

    /** Makes the directory, readable by this user alone. */
    public void create() {
        try {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        } catch (final IOException | UnsupportedOperationException e) {
            // Unsupported: a file system without permissions.
            throw new ConfigException(
                    "runtime directory",
                    directory,
                    "must be writable, and its file system know permissions (" + e + ")",
                    "mount a tmpfs on /dev/shm, or name a directory on another: TENDON_JAVA_OPTS=-D" + ROOT_PROPERTY
                            + "=DIR",
                    e);
        }
    }

    /** The media driver's directory. */
    public Path aeronDirectory() {
        return directory.resolve("aeron");
    }

    /** Which session this is. */
    public Path sessionFile() {
        return directory.resolve("session.properties");
    }

    /** What the nodes count. */
    public Path countersFile() {
        return directory.resolve("counters");
    }

    /** Where the session is recorded. */
    public Path recordingFile() {
        return directory.resolve("recording.properties");
    }

    /** Locked by the driver while it lives. */
    public Path driverLockFile() {
        return directory.resolve("driver.lock");
    }

    /** Locked by the recorder while it lives. */
    public Path recorderLockFile() {
        return directory.resolve("recorder.lock");
    }

    /** Locked by a fusion that listens to replays while it lives. */
    public Path shadowLockFile() {
        return directory.resolve("shadow.lock");
    }

    /** Where a simulated arm is. */
    public Path simulatedArmFile() {
        return directory.resolve("simulated-arm");
    }

    /** Where the archive keeps its mark file. */
    public Path archiveMarkDirectory() {
        return directory.resolve("archive-mark");
    }

    /** Locked by a replay while it lives. */
    public Path replayLockFile() {
        return directory.resolve("replay.lock");
    }

    /** Where a replay keeps its view of the session that it plays. */
    public Path replayDirectory() {
        return directory.resolve("replay");
    }

    /** Where a node keeps its exceptions. */
    public Path errorLogFile(final String node) {
        return directory.resolve("errors-" + node.toLowerCase(Locale.ROOT));
    }

    /** What a command for this robot is to be given besides, with a space before it; empty for the default robot. */
    public String nameOption() {
        return "default".equals(name) ? "" : " --name " + name;
    }

    /** One line for a person who asked for something of a robot that does not run. */
    public String notRunningMessage() {
        return "robot " + name + ": no session runs in " + directory + "; start it with launch-all.sh" + nameOption();
    }
}
