package io.tendon.fusion.task;

import java.util.Arrays;

/**
 * Carries out a short list of motions one after another, each from rest to rest: at most one stop from a given velocity,
 * then lines and given paths. Its state at any time holds the limits it was made with.
 *
 * <p>One owner thread; planning and moving allocate nothing after construction.
 */
final class ArmMover {
    /** Most motions in a row, the stop not counted. */
    static final int MAX_LEGS = 4;

    private final MotionLimits limits;
    private final BrakeMotion brake;
    private final PathMotion[] legs = new PathMotion[MAX_LEGS];
    private final double[] end;
    private final double[] positions;
    private final double[] velocities;
    private final double[] accelerations;
    private boolean isBraking;
    private int legCount;
    private int leg;
    private long elapsedNs;

    ArmMover(final MotionLimits limits, final int maxWaypoints) {
        this.limits = limits;
        final int n = limits.jointCount();
        brake = new BrakeMotion(n);
        for (int i = 0; i < MAX_LEGS; i++) {
            legs[i] = new PathMotion(n, maxWaypoints);
        }
        end = new double[n];
        positions = new double[n];
        velocities = new double[n];
        accelerations = new double[n];
    }

    /** Forgets all motions and stands still at the given positions. */
    void standAt(final double[] at) {
        clear();
        System.arraycopy(at, 0, positions, 0, positions.length);
        System.arraycopy(at, 0, end, 0, end.length);
        Arrays.fill(velocities, 0);
        Arrays.fill(accelerations, 0);
    }

    /** Forgets all motions and slows down from the given state; more motions may follow. */
    void stopFrom(final double[] fromPositions, final double[] fromVelocities, final double[] fromAccelerations) {
        clear();
        isBraking = true;
        brake.plan(fromPositions, fromVelocities, fromAccelerations, limits);
        brake.sample(brake.durationNs(), end, velocities, accelerations);
        brake.sample(0, positions, velocities, accelerations);
    }

    /** Appends a straight line in joint space from where the last motion ends. */
    void lineTo(final double[] goal) {
        legs[legCount].path().setLine(end, goal);
        append(goal);
    }

    /** Appends a path, which must begin where the last motion ends; copied. */
    void along(final JointPath path) {
        legs[legCount].path().set(path);
        for (int j = 0; j < end.length; j++) {
            end[j] = path.position(1, j);
        }
        append(end);
    }

    /** Moves on in time. */
    void advance(final long stepNs) {
        elapsedNs += stepNs;
        if (isBraking) {
            if (elapsedNs < brake.durationNs()) {
                brake.sample(elapsedNs, positions, velocities, accelerations);
                return;
            }
            elapsedNs -= brake.durationNs();
            isBraking = false;
        }
        while (leg < legCount && elapsedNs >= legs[leg].durationNs()) {
            elapsedNs -= legs[leg].durationNs();
            leg++;
        }
        if (leg < legCount) {
            legs[leg].sample(elapsedNs, positions, velocities, accelerations);
        } else {
            standAt(end);
        }
    }

    /** True when it stands at the end of the last motion. */
    boolean isDone() {
        return !isBraking && leg == legCount;
    }

    /** Where the last motion ends; the live array. */
    double[] end() {
        return end;
    }

    /** Where it is now; the live array. */
    double[] positions() {
        return positions;
    }

    /** How fast it is now; the live array. */
    double[] velocities() {
        return velocities;
    }

    /** Its acceleration now; the live array. */
    double[] accelerations() {
        return accelerations;
    }

    private void append(final double[] goal) {
        legs[legCount].plan(limits);
        legCount++;
        if (goal != end) {
            System.arraycopy(goal, 0, end, 0, end.length);
        }
    }

    private void clear() {
        isBraking = false;
        legCount = 0;
        leg = 0;
        elapsedNs = 0;
    }
}
