package io.tendon.fusion.task;

/**
 * Appends to a mover the motions that lead to a step's goal from where the mover ends: never sideways near the table, but
 * up first, over, and straight down. One owner thread; allocates nothing.
 */
final class RoutePlanner {
    /** Joints this near to the way down count as on it, rad or m. */
    private static final double ON_THE_WAY = 0.08;

    /** Less deep than this counts as above. */
    private static final double ABOVE = 0.1;

    private final CellPlan plan;
    private final ArmMover mover;

    RoutePlanner(final CellPlan plan, final ArmMover mover) {
        this.plan = plan;
        this.mover = mover;
    }

    /**
     * Appends the way to where a step ends.
     *
     * @param step to carry out.
     * @param source station the block is taken from, 0 or 1.
     */
    void append(final TaskStep step, final int source) {
        switch (step) {
            case IDLE -> {}
            case HOME -> toAbove(plan.home());
            case APPROACH, LIFT -> toAbove(plan.station(source).approach());
            case TRANSFER, RETREAT -> toAbove(plan.station(1 - source).approach());
            case DESCEND, GRASP -> toBlock(plan.station(source));
            case LOWER, RELEASE -> toBlock(plan.station(1 - source));
            case FAILED -> rise();
        }
    }

    private void toAbove(final double[] goal) {
        rise();
        if (!isAt(goal)) {
            mover.lineTo(goal);
        }
    }

    private void toBlock(final Station station) {
        if (isAt(station.grasp())) {
            return;
        }
        if (station.depth(mover.end(), ON_THE_WAY) > ABOVE) {
            mover.lineTo(station.grasp());
            return;
        }
        toAbove(station.approach());
        mover.along(station.down());
    }

    /** Straight up when it stands low at one of the places. */
    private void rise() {
        for (int i = 0; i < 2; i++) {
            final Station station = plan.station(i);
            if (isAt(station.grasp())) {
                mover.along(station.up());
                return;
            }
            if (station.depth(mover.end(), ON_THE_WAY) > ABOVE) {
                mover.lineTo(station.approach());
                return;
            }
        }
    }

    private boolean isAt(final double[] positions) {
        final double[] end = mover.end();
        for (int j = 0; j < end.length; j++) {
            if (Math.abs(end[j] - positions[j]) > 1e-9) {
                return false;
            }
        }
        return true;
    }
}
