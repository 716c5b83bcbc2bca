package io.tendon.sessionlog.verify;

import io.tendon.schemas.HealthDecoder;
import io.tendon.schemas.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which processes there were of each node, and from when to when their hearts beat. One owner thread. */
final class Heartbeats {
    private final Map<NodeId, Map<Long, Beats>> byNode = new EnumMap<>(NodeId.class);

    /**
     * Takes note of a heartbeat.
     *
     * @param health as it was said.
     */
    void onHealth(final HealthDecoder health) {
        final long timeNs = health.stamp().captureTimeNs();
        byNode.computeIfAbsent(health.stamp().source(), key -> new LinkedHashMap<>())
                .merge(health.pid(), new Beats(health.pid(), timeNs, timeNs), Beats::plus);
    }

    /** Nodes that there were. */
    Iterable<NodeId> nodes() {
        return byNode.keySet();
    }

    /** The processes of a node, one after the other. */
    List<Beats> processes(final NodeId node) {
        final List<Beats> processes =
                new ArrayList<>(byNode.getOrDefault(node, Map.of()).values());
        processes.sort(Comparator.comparingLong(Beats::firstNs));
        return processes;
    }

    /**
     * Heartbeats of one process; it may have lived on when the driver died.
     *
     * @param pid of the process.
     * @param firstNs first heartbeat, ns since the epoch.
     * @param lastNs last heartbeat, ns since the epoch.
     */
    record Beats(long pid, long firstNs, long lastNs) {
        Beats plus(final Beats other) {
            return new Beats(pid, Math.min(firstNs, other.firstNs), Math.max(lastNs, other.lastNs));
        }
    }
}
