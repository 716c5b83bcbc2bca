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

    /** A motion that lasts longer than so many times the braking is not waited for. */
    private static final int MOST_BRAKINGS = 2;

    private final MotionLimits limits;
    private final BrakeMotion brake;
    /** One more than planned at a time: behind a stop that ends where a leg does. */
    private final PathMotion[] legs = new PathMotion[MAX_LEGS + 1];

    private final double[] end;
    private final double[] brakeEnd;
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
        for (int i = 0; i < legs.length; i++) {
            legs[i] = new PathMotion(n, maxWaypoints);
        }
        end = new double[n];
        brakeEnd = new double[n];
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

    /**
     * Forgets the motions to come and slows down from where it is; more motions may follow. It stands where braking ends, or where
     * the motion that it is in does, when that is nearer: a tool that comes down on the table goes no deeper for it.
     */
    void stop() {
        if (isBraking || leg >= legCount || !endsBeforeBraking(legs[leg])) {
            stopFrom(positions, velocities, accelerations);
            return;
        }
        final PathMotion last = legs[leg];
        legs[leg] = legs[0];
        legs[0] = last;
        leg = 0;
        legCount = 1;
        setEnd(last.path());
    }

    private boolean endsBeforeBraking(final PathMotion motion) {
        brake.plan(positions, velocities, accelerations, limits);
        if (motion.durationNs() - elapsedNs > MOST_BRAKINGS * brake.durationNs()) {
            return false;
        }
        brake.end(brakeEnd);
        for (int j = 0; j < brakeEnd.length; j++) {
            final double left = Math.abs(motion.path().position(1, j) - positions[j]);
            if (Math.abs(brakeEnd[j] - positions[j]) > left) {
                return true;
            }
        }
        return false;
    }

    private void setEnd(final JointPath path) {
        for (int j = 0; j < end.length; j++) {
            end[j] = path.position(1, j);
        }
    }

    /** Appends a straight line in joint space from where the last motion ends. */
    void lineTo(final double[] goal) {
        legs[legCount].path().setLine(end, goal);
        append(goal);
    }

    /** Appends a path, which must begin where the last motion ends; copied. */
    void along(final JointPath path) {
        legs[legCount].path().set(path);
        setEnd(path);
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
