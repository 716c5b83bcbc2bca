package io.tendon.fusion.task;

/**
 * One of the two places: the joint positions above it, those at the block, and the straight line between. Immutable after
 * construction; fusion's one thread.
 */
public final class Station {
    private static final int GRID = 40;

    private final double[] approach;
    private final double[] grasp;
    private final JointPath down;
    private final JointPath up;

    /**
     * A place.
     *
     * @param waypoints joint positions from above the block down to it, 2 or more of n, rad or m.
     */
    public Station(final double[][] waypoints) {
        final int n = waypoints[0].length;
        approach = waypoints[0].clone();
        grasp = waypoints[waypoints.length - 1].clone();
        down = new JointPath(n, waypoints.length);
        for (final double[] waypoint : waypoints) {
            down.add(waypoint);
        }
        down.finish();
        up = new JointPath(n, waypoints.length).setReversed(down);
    }

    /** Joint positions with the tool above the block; the live array, not to be changed. */
    double[] approach() {
        return approach;
    }

    /** Joint positions with the tool's tip in the block's centre; the live array, not to be changed. */
    double[] grasp() {
        return grasp;
    }

    /** From above the block to it. */
    JointPath down() {
        return down;
    }

    /** From the block to above it. */
    JointPath up() {
        return up;
    }

    /**
     * How deep an arm stands on the way down.
     *
     * @param positions n joint positions.
     * @param tolerance greatest distance of a joint from the way, rad or m.
     * @return 0 (above the block) to 1 (at the block); NaN when it is not on the way.
     */
    double depth(final double[] positions, final double tolerance) {
        double nearest = tolerance;
        double depth = Double.NaN;
        for (int k = 0; k <= GRID; k++) {
            final double s = (double) k / GRID;
            double distance = 0;
            for (int j = 0; j < positions.length; j++) {
                distance = Math.max(distance, Math.abs(positions[j] - down.position(s, j)));
            }
            if (distance <= nearest) {
                nearest = distance;
                depth = s;
            }
        }
        return depth;
    }
}
