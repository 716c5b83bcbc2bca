package io.tendon.deploy.figures;

import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.counter.LiveNode;
import io.tendon.bus.health.ProcessFigures;
import io.tendon.schemas.NodeId;
import java.time.Duration;

/**
 * One process of the robot.
 *
 * @param node which.
 * @param state whether it does its work.
 * @param pid of its process; of its last one when it is gone.
 * @param uptimeMs since the process began; {@link #UNKNOWN} when it is gone.
 * @param residentBytes RssAnon plus RssFile; {@link #UNKNOWN} when it is gone.
 * @param cpuTimeNs user and system time so far; {@link #UNKNOWN} when it is gone.
 * @param restarts in this session.
 * @param exceptions in its error log; {@link #UNKNOWN} of the driver.
 * @param realTime as in {@link BusCounter#REAL_TIME}: 0 nothing asked, 1 all, 2 less than asked.
 */
public record NodeFigures(
        NodeId node,
        NodeState state,
        long pid,
        long uptimeMs,
        long residentBytes,
        long cpuTimeNs,
        long restarts,
        long exceptions,
        long realTime) {

    /** Stands for what is not known. */
    public static final long UNKNOWN = -1;

    /** Reads a node that has a heartbeat. */
    static NodeFigures read(final CounterView view, final SessionAnchor session, final NodeId node) {
        final long pid = view.node(BusCounter.PID, node, UNKNOWN);
        final long heartbeatMs = view.node(BusCounter.HEARTBEAT_MS, node, 0);
        final boolean isAlive = isAlive(pid);
        final NodeState state = NodeState.of(
                session.clock().time() - heartbeatMs,
                LiveNode.HEARTBEAT_TIMEOUT_MS,
                heartbeatMs > 0,
                isAlive,
                view.node(BusCounter.READY, node, 0));
        return new NodeFigures(
                node,
                state,
                pid,
                isAlive ? uptimeMs(view.node(BusCounter.STARTED_AT_MS, node, 0)) : UNKNOWN,
                isAlive ? ProcessFigures.residentBytes(pid) : UNKNOWN,
                isAlive ? cpuTimeNs(pid) : UNKNOWN,
                restarts(view, node),
                view.node(BusCounter.ERRORS, node, 0),
                view.node(BusCounter.REAL_TIME, node, 0));
    }

    /** Looks at the media driver, which counts no more than its lives. */
    static NodeFigures driver(
            final CounterView view, final SessionAnchor session, final boolean isAlive, final boolean hasEnded) {
        final long pid = session.driverPid();
        return new NodeFigures(
                NodeId.DRIVER,
                isAlive ? NodeState.UP : hasEnded ? NodeState.ENDED : NodeState.DEAD,
                pid,
                isAlive ? uptimeMs(session.driverStartedAtMs()) : UNKNOWN,
                isAlive ? ProcessFigures.residentBytes(pid) : UNKNOWN,
                isAlive ? cpuTimeNs(pid) : UNKNOWN,
                restarts(view, NodeId.DRIVER),
                UNKNOWN,
                0);
    }

    private static long restarts(final CounterView view, final NodeId node) {
        return Math.max(0, view.node(BusCounter.LIVES, node, 0) - 1);
    }

    private static boolean isAlive(final long pid) {
        return pid > 0 && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private static long uptimeMs(final long startedAtMs) {
        return Math.max(0, System.currentTimeMillis() - startedAtMs);
    }

    private static long cpuTimeNs(final long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElse(UNKNOWN);
    }
}
