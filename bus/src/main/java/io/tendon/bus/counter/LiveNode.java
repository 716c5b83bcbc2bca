package io.tendon.bus.counter;

import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.schemas.NodeId;
import java.util.Locale;

/**
 * The counters of one node that is alive, for the command that says how it is. Read-only, as {@link CounterView} is: the
 * node does not notice. One owner thread.
 */
public final class LiveNode implements AutoCloseable {
    /** Age of a heartbeat from which on a node is taken for dead; one comes every 100 ms. */
    public static final long HEARTBEAT_TIMEOUT_MS = 1_000;

    /** Value of {@link BusCounter#READY} once a node does its work. */
    public static final int READY = 1;

    /** Value of {@link BusCounter#READY} while a node stops, and after it. */
    public static final int STOPPING = 2;

    private static final double NS_PER_US = 1e3;

    private final SessionAnchor session;
    private final NodeId node;
    private final CounterView counters;

    private LiveNode(final SessionAnchor session, final NodeId node, final CounterView counters) {
        this.session = session;
        this.node = node;
        this.counters = counters;
    }

    /**
     * Opens the counters of a node.
     *
     * @param directory of the robot.
     * @param node whose.
     * @return its counters.
     * @throws CommandFailure when no session runs there, the node never started in it, or its heartbeat has stopped.
     */
    public static LiveNode open(final RuntimeDirectory directory, final NodeId node) {
        final SessionAnchor session = SessionAnchor.readLive(directory.sessionFile())
                .orElseThrow(() -> new CommandFailure(directory.notRunningMessage()));
        final LiveNode opened = new LiveNode(session, node, CounterView.open(directory));
        if (opened.isAlive()) {
            return opened;
        }
        try (opened) {
            throw new CommandFailure(opened.notAliveMessage(directory));
        }
    }

    /** The session that it is part of. */
    public SessionAnchor session() {
        return session;
    }

    /** A counter of the node as a whole; 0 when it has not made it. */
    public long count(final BusCounter counter) {
        return counters.node(counter, node, 0);
    }

    /** A counter of the node for one stream; 0 when it has not made it. */
    public long count(final BusCounter counter, final StreamDescriptor stream) {
        return counters.stream(counter, node, stream, 0);
    }

    /** What both ends of a stream have counted as lost. */
    public StreamLedger ledger(final StreamDescriptor stream) {
        return StreamLedger.read(counters, stream);
    }

    /** A counter in ns, as us. */
    public double micros(final BusCounter counterNs) {
        return count(counterNs) / NS_PER_US;
    }

    /** Time since the latest heartbeat, ms. */
    public long heartbeatAgeMs() {
        return session.clock().time() - count(BusCounter.HEARTBEAT_MS);
    }

    @Override
    public void close() {
        counters.close();
    }

    private boolean isAlive() {
        return heartbeatAgeMs() <= HEARTBEAT_TIMEOUT_MS;
    }

    private String notAliveMessage(final RuntimeDirectory directory) {
        final String name = node.name().toLowerCase(Locale.ROOT);
        final String fault = count(BusCounter.HEARTBEAT_MS) == 0
                ? "has not started in session " + session.sessionName()
                : "no heartbeat for " + heartbeatAgeMs() + "ms, must come at least every " + HEARTBEAT_TIMEOUT_MS
                        + "ms";
        return name + ": " + fault + "; start it with " + name + "-node run" + directory.nameOption();
    }
}
