package io.tendon.fusion;

import io.aeron.exceptions.AeronException;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.ProcessLock;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.errorlog.MappedErrorLog;
import io.tendon.bus.signal.StopSignal;
import io.tendon.fusion.task.CellPlan;
import io.tendon.robot.RobotModel;
import io.tendon.schemas.NodeId;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.SystemEpochClock;

/**
 * Runs fusion on replays until SIGTERM: waits for a driver (of the robot, or one that a replay brings with it), listens to
 * what is replayed there, and waits for the next one when it is gone. Main thread.
 */
final class ShadowRun {
    private static final System.Logger LOG = System.getLogger(ShadowRun.class.getName());
    private static final long WAIT_NS = 50_000_000L;
    private static final long IDLE_NS = 200_000L;
    private static final long LOOK_NS = 500_000_000L;
    private static final int FRAGMENT_LIMIT = 256;

    private ShadowRun() {}

    /**
     * Runs to the end.
     *
     * @param directory of the robot.
     * @param config of the node.
     * @param robot that was recorded.
     * @param plan of the cell.
     * @return the exit code.
     */
    static int run(
            final RuntimeDirectory directory, final FusionConfig config, final RobotModel robot, final CellPlan plan) {
        directory.create();
        try (StopSignal stop = new StopSignal();
                ProcessLock lock = ProcessLock.acquire(
                        directory.shadowLockFile(),
                        () -> "robot " + directory.name()
                                + ": another fusion-node listens to its replays already; stop that one first")) {
            final MappedErrorLog errors =
                    new MappedErrorLog(directory.errorLogFile("shadow"), "shadow", SystemEpochClock.INSTANCE);
            LOG.log(System.Logger.Level.INFO, "event=waiting-for-replay robot=" + directory.name());
            while (!stop.isStopped()) {
                if (SessionAnchor.readLive(directory.sessionFile()).isEmpty()) {
                    stop.await(WAIT_NS);
                } else {
                    listen(directory, config, robot, plan, errors, stop);
                }
            }
            stop.exitCode(NodeCommand.EXIT_OK);
        }
        return NodeCommand.EXIT_OK;
    }

    private static void listen(
            final RuntimeDirectory directory,
            final FusionConfig config,
            final RobotModel robot,
            final CellPlan plan,
            final MappedErrorLog errors,
            final StopSignal stop) {
        try (BusConnection bus = BusConnection.connect(directory, NodeId.SHADOW, errors, TimeUnit.SECONDS.toNanos(1));
                ShadowAssembly assembly = new ShadowAssembly(bus, config, robot, plan)) {
            bus.counters()
                    .node(BusCounter.PID)
                    .setRelease(ProcessHandle.current().pid());
            bus.counters().node(BusCounter.READY).setRelease(1);
            LOG.log(System.Logger.Level.INFO, "event=listening session=" + bus.sessionName());
            follow(directory, bus, assembly, stop);
            LOG.log(
                    System.Logger.Level.INFO,
                    "event=listened session=" + bus.sessionName() + " received="
                            + assembly.samples().received() + " missing="
                            + assembly.samples().gaps() + " passes=" + assembly.passes());
        } catch (final AeronException | CommandFailure e) {
            // The driver went away while it was being joined: there may be another one soon.
            errors.onError(e);
        }
    }

    /** Polls until it is told to stop, or until the driver is gone. */
    private static void follow(
            final RuntimeDirectory directory,
            final BusConnection bus,
            final ShadowAssembly assembly,
            final StopSignal stop) {
        long lookNs = System.nanoTime();
        while (!stop.isStopped() && !assembly.isClosed()) {
            if (assembly.poll(FRAGMENT_LIMIT) == 0) {
                LockSupport.parkNanos(IDLE_NS);
                if (System.nanoTime() - lookNs > LOOK_NS) {
                    lookNs = System.nanoTime();
                    if (!SessionAnchor.readLive(directory.sessionFile()).equals(Optional.of(bus.session()))) {
                        return;
                    }
                }
            }
        }
    }
}
