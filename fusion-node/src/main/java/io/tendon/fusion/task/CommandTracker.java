package io.tendon.fusion.task;

/**
 * Remembers the latest set-points and says how far the arm's commanded positions have gone from them. Control goes exactly
 * through set-points that reach it in time; when they did not (fusion stalled, control stopped), the two part, and the task
 * plans anew from where the arm is.
 *
 * <p>One owner thread; allocates nothing after construction.
 */
final class CommandTracker {
    private static final int SIZE = 16;
    private static final double NS_PER_S = 1e9;

    private final long[] timesNs = new long[SIZE];
    private final double[][] positions;
    private final double[][] velocities;
    private int next;
    private int count;

    CommandTracker(final int jointCount) {
        positions = new double[SIZE][jointCount];
        velocities = new double[SIZE][jointCount];
    }

    /** Forgets everything. */
    void clear() {
        count = 0;
    }

    /** Remembers a set-point; target times rise. */
    void record(final ArmSetpoint setpoint) {
        timesNs[next] = setpoint.targetTimeNs;
        System.arraycopy(setpoint.positions, 0, positions[next], 0, setpoint.positions.length);
        System.arraycopy(setpoint.velocities, 0, velocities[next], 0, setpoint.velocities.length);
        next = (next + 1) % SIZE;
        count = Math.min(SIZE, count + 1);
    }

    /**
     * Distance between commanded positions and the curve through the set-points (cubic Hermite).
     *
     * @param timeNs when the positions were commanded, ns since the epoch.
     * @param commandPositions n, rad or m.
     * @return that of the joint that is furthest away, rad or m; 0 when no two set-points span the time.
     */
    double distance(final long timeNs, final double[] commandPositions) {
        for (int back = 1; back < count; back++) {
            final int later = Math.floorMod(next - back, SIZE);
            final int earlier = Math.floorMod(next - back - 1, SIZE);
            if (timesNs[earlier] <= timeNs && timeNs <= timesNs[later]) {
                return distance(earlier, later, timeNs, commandPositions);
            }
        }
        return 0;
    }

    private double distance(final int earlier, final int later, final long timeNs, final double[] commandPositions) {
        final double stepS = (timesNs[later] - timesNs[earlier]) / NS_PER_S;
        final double u = (timeNs - timesNs[earlier]) / NS_PER_S / stepS;
        double largest = 0;
        for (int j = 0; j < commandPositions.length; j++) {
            final double expected = (1 + u * u * (-3 + 2 * u)) * positions[earlier][j]
                    + u * u * (3 - 2 * u) * positions[later][j]
                    + stepS * u * (1 - u) * ((1 - u) * velocities[earlier][j] - u * velocities[later][j]);
            largest = Math.max(largest, Math.abs(commandPositions[j] - expected));
        }
        return largest;
    }
}
