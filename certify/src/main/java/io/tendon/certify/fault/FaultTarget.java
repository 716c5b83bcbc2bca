package io.tendon.certify.fault;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.connection.RecordingPlace;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.counter.NodeNames;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.SessionDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A running robot as a fault sees it: its processes and the place where it is recorded, as they are at the moment of
 * asking. It reads the session's files and counters alone. One owner thread.
 */
public final class FaultTarget implements AutoCloseable {
    private final RuntimeDirectory directory;
    private final CounterView counters;

    private FaultTarget(final RuntimeDirectory directory, final CounterView counters) {
        this.directory = directory;
        this.counters = counters;
    }

    /**
     * Finds a robot that runs.
     *
     * @param directory of the robot.
     * @return the robot.
     * @throws CommandFailure with exit code 2 when no session runs there.
     */
    public static FaultTarget open(final RuntimeDirectory directory) {
        if (SessionAnchor.readLive(directory.sessionFile()).isEmpty()) {
            throw new CommandFailure(directory.notRunningMessage(), NodeCommand.EXIT_USAGE);
        }
        return new FaultTarget(directory, CounterView.open(directory));
    }

    /** Where the robot lives in memory. */
    public RuntimeDirectory directory() {
        return directory;
    }

    /** The robot's counters; they outlive every process of it. */
    public CounterView counters() {
        return counters;
    }

    /**
     * The session as its present driver wrote it; the driver may be dead.
     *
     * @return the session.
     * @throws CommandFailure when it has ended in order.
     */
    public SessionAnchor session() {
        return SessionAnchor.read(directory.sessionFile())
                .orElseThrow(() -> new CommandFailure(directory.notRunningMessage()));
    }

    /** Process id of a node's latest life, whether that is over or not; -1 when it never lived. */
    public long latestPid(final NodeId node) {
        return node == NodeId.DRIVER ? session().driverPid() : counters.node(BusCounter.PID, node, -1);
    }

    /** Whether the process of a node's latest life is there. */
    public boolean isAlive(final NodeId node) {
        return node == NodeId.DRIVER ? session().isDriverAlive() : isTendon(latestPid(node));
    }

    /**
     * Process id of a node that lives.
     *
     * @param node which.
     * @return its process id.
     * @throws CommandFailure with exit code 2 when it does not.
     */
    public long pid(final NodeId node) {
        if (!isAlive(node)) {
            throw new CommandFailure(
                    NodeNames.of(node) + ": has no process in session "
                            + session().sessionName() + "; wait until it is back, or start the robot anew",
                    NodeCommand.EXIT_USAGE);
        }
        return latestPid(node);
    }

    /**
     * Directory in which the session is recorded.
     *
     * @return DATA/sessions/ID.
     * @throws CommandFailure with exit code 2 when nobody records it.
     */
    public Path sessionDirectory() {
        final String sessionName = session().sessionName();
        return RecordingPlace.read(directory.recordingFile(), sessionName)
                .map(place -> new SessionDirectory(place.dataDirectory(), sessionName).root())
                .orElseThrow(() -> new CommandFailure(
                        "session " + sessionName + ": nobody records it; start persistence-node",
                        NodeCommand.EXIT_USAGE));
    }

    @Override
    public void close() {
        counters.close();
    }

    /** A dead node's process id may have been given to somebody else since, who must not suffer. */
    private static boolean isTendon(final long pid) {
        if (pid <= 0 || ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
            return false;
        }
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1)
                    .contains("io.tendon.");
        } catch (final IOException e) {
            return false;
        }
    }
}
