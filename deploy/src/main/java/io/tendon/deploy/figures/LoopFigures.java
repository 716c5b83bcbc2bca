package io.tendon.deploy.figures;

import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.schemas.NodeId;

/**
 * How punctual a node's loop is.
 *
 * @param node whose.
 * @param scheduled cycles that were due.
 * @param executed cycles that were executed.
 * @param missed cycles that passed before they could begin.
 * @param missedBy why they did.
 * @param lateness of all that were due.
 * @param successRate share of the last 100 cycles due that were executed, 0 to 1.
 */
public record LoopFigures(
        NodeId node,
        long scheduled,
        long executed,
        long missed,
        MissedFigures missedBy,
        Lateness lateness,
        double successRate) {

    private static final double PPM = 1e6;

    /** Reads that of a node; zeros when it has no loop. */
    public static LoopFigures read(final CounterView view, final NodeId node) {
        return new LoopFigures(
                node,
                view.node(BusCounter.CYCLES_SCHEDULED, node, 0),
                view.node(BusCounter.CYCLES_EXECUTED, node, 0),
                view.node(BusCounter.CYCLES_MISSED, node, 0),
                MissedFigures.read(view, node),
                Lateness.read(view, node),
                view.node(BusCounter.SUCCESS_RATE_PPM, node, (long) PPM) / PPM);
    }
}
