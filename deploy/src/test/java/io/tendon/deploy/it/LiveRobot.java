package io.tendon.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.counter.LiveNode;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.awaitility.core.ConditionTimeoutException;

/** Looks at a running robot's counters from outside, and kills its processes. */
final class LiveRobot implements AutoCloseable {

    private final RuntimeDirectory runtime;
    private final CounterView view;

    LiveRobot(final String name) {
        runtime = RuntimeDirectory.of(name);
        view = CounterView.open(runtime);
    }

    /** The session that runs. */
    SessionAnchor session() {
        return SessionAnchor.read(runtime.sessionFile()).orElseThrow();
    }

    long count(final BusCounter counter, final NodeId node) {
        return view.node(counter, node, 0);
    }

    /** Joint states that the recorder has counted. */
    static long recorded(final CounterView counters) {
        return counters.stream(BusCounter.RECORDED, NodeId.PERSISTENCE, StreamCatalog.CONTROL_STATE, 0);
    }

    /** Process that is a node's present life. */
    long pid(final NodeId node) {
        return node == NodeId.DRIVER ? session().driverPid() : count(BusCounter.PID, node);
    }

    SafetyState safetyState() {
        return SafetyState.get((short) count(BusCounter.SAFETY_STATE, NodeId.CONTROL));
    }

    /** Kills a node's process and nobody else's. */
    long kill(final NodeId node) {
        final long pid = pid(node);
        final ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        assertThat(process.destroyForcibly()).isTrue();
        return pid;
    }

    /** Waits until another process is the node, and does its work. */
    void awaitBack(final NodeId node, final long deadPid, final Duration atMost) {
        try {
            await().atMost(atMost)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> node == NodeId.DRIVER
                            ? pid(node) != deadPid && session().isDriverAlive()
                            : pid(node) != deadPid && count(BusCounter.READY, node) == LiveNode.READY);
        } catch (final ConditionTimeoutException e) {
            throw new AssertionError(node + " is not back " + atMost + " after its death; its log:\n" + log(node), e);
        }
    }

    private String log(final NodeId node) {
        final Path log = runtime.directory().resolve("logs").resolve(node.name().toLowerCase(Locale.ROOT) + ".log");
        try {
            return Files.readString(log);
        } catch (final IOException e) {
            return e.toString();
        }
    }

    /** Waits until a node's loop, or the recorder, has gone on. */
    void awaitProgress(final NodeId node, final Duration atMost) {
        final BusCounter counter = node == NodeId.PERSISTENCE ? BusCounter.HEARTBEAT_MS : BusCounter.CYCLES_EXECUTED;
        final long before = count(counter, node);
        await().atMost(atMost).pollInterval(Duration.ofMillis(20)).until(() -> count(counter, node) > before);
    }

    void awaitState(final SafetyState state, final Duration atMost) {
        await().atMost(atMost).pollInterval(Duration.ofMillis(50)).until(() -> safetyState() == state);
    }

    @Override
    public void close() {
        view.close();
    }
}
