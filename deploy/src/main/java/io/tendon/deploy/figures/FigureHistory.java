package io.tendon.deploy.figures;

import io.tendon.schemas.NodeId;
import java.util.ArrayDeque;

/**
 * The figures of the last two seconds, of which rates are made: one reading more or less of a stream with ten messages a
 * second then matters little. Begins anew with every driver, whose counters begin at 0. One owner thread.
 */
public final class FigureHistory {
    private static final long SPAN_NS = 2_000_000_000L;
    private static final int MAX_READINGS = 100;

    private final ArrayDeque<RobotFigures> readings = new ArrayDeque<>();

    /** Empty. */
    public FigureHistory() {}

    /**
     * Adds a reading.
     *
     * @param present later than all before.
     * @return rates up to it.
     */
    public RobotRates add(final RobotFigures present) {
        final RobotFigures last = readings.peekLast();
        if (last != null && (driverPid(last) != driverPid(present) || last.isLive() != present.isLive())) {
            readings.clear();
        }
        readings.addLast(present);
        while (readings.size() > MAX_READINGS
                || (readings.size() > 2 && present.readAtNs() - second().readAtNs() >= SPAN_NS)) {
            readings.removeFirst();
        }
        return RobotRates.between(readings.getFirst(), present);
    }

    private RobotFigures second() {
        final var iterator = readings.iterator();
        iterator.next();
        return iterator.next();
    }

    private static long driverPid(final RobotFigures figures) {
        return figures.node(NodeId.DRIVER).map(NodeFigures::pid).orElse(NodeFigures.UNKNOWN);
    }
}
