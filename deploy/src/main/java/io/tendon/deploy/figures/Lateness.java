package io.tendon.deploy.figures;

import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.schemas.NodeId;

/**
 * Time from a cycle's deadline to its beginning, missed cycles included, over the life of the loop.
 *
 * @param p50Ns median.
 * @param p99Ns 99th percentile.
 * @param p999Ns 99.9th percentile.
 * @param maxNs largest.
 */
public record Lateness(long p50Ns, long p99Ns, long p999Ns, long maxNs) {
    /** Reads that of a node's loop; zeros when it has none. */
    public static Lateness read(final CounterView view, final NodeId node) {
        return new Lateness(
                view.node(BusCounter.LATENESS_P50_NS, node, 0),
                view.node(BusCounter.LATENESS_P99_NS, node, 0),
                view.node(BusCounter.LATENESS_P999_NS, node, 0),
                view.node(BusCounter.LATENESS_MAX_NS, node, 0));
    }
}
