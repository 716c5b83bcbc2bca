package io.tendon.control.controller;

import io.tendon.bus.RealTime;
import io.tendon.control.safety.MotionLimits;

/**
 * Fills the cycles between two set-points. Each joint gets a {@link Quintic} from its present command to the set-point at
 * its target time, so position, velocity and acceleration are continuous whenever set-points come, however late.
 *
 * <p>The joints keep in step, so that a tool on its straight way stays on it: all take the same time. When the limits of
 * one do not allow to be there in time (after a jump, a loss, a stop), all take the shortest of a series of longer ways to
 * where the set-point will be by then: going on with its velocity, or, when it slows down, slowing down like it to a stand;
 * no farther on than {@value #FARTHEST_S} s, and slower by as much as it takes longer. The ways they are on are always
 * among the candidates, so they never get longer while the set-point stands, and the joints arrive. If no time fits all of
 * them, all stop, limited in jerk, and try again with the next set-point.
 *
 * <p>Owner: the control loop's thread.
 */
@RealTime
final class SetpointInterpolator {
    /** Farthest that a set-point is carried on behind its target time, s: what comes after that nobody has said. */
    static final double FARTHEST_S = 0.1;

    private static final double NANO = 1e-9;
    private static final double STRETCH = 1.25;
    private static final double LONGEST_S = 30;
    // Further on than this a set-point goes on with its velocity alone: a constant acceleration would lead anywhere.
    private static final double ACCELERATING_S = 0.05;
    // Between its samples a way can be faster than at them: one that the limiter changed would put a joint out of step.
    private static final double SAMPLED_SHARE = 0.97;
    // Ways that end sooner than this are kept: little is gained by shorter ones, which hit the end harder.
    private static final double KEPT_S = 0.05;
    private static final double NONE = -1;

    private final MotionLimits limits;
    private final double shortestS;
    private final Quintic[] ways;
    private final StopProfile[] stops;
    private final boolean[] isStopping;
    private final long[] startsNs;
    private boolean isStretched;
    private long startNs;
    private double durationS;

    /**
     * Nothing is aimed at yet.
     *
     * @param limits of the joints.
     * @param shortestNs the least time that a way takes; a set-point that is due sooner is carried on to then, above 0.
     */
    SetpointInterpolator(final MotionLimits limits, final long shortestNs) {
        this.limits = limits;
        this.shortestS = shortestNs * NANO;
        final int count = limits.jointCount();
        ways = new Quintic[count];
        stops = new StopProfile[count];
        for (int i = 0; i < count; i++) {
            ways[i] = new Quintic();
            stops[i] = new StopProfile();
        }
        isStopping = new boolean[count];
        startsNs = new long[count];
    }

    /**
     * Aims the joints at a set-point.
     *
     * @param setpoint to reach.
     * @param command present command.
     * @param commandTimeNs when that was given, ns since the epoch.
     * @param isAnew whether the ways that the joints were on no longer hold.
     */
    void aim(final Setpoint setpoint, final CommandState command, final long commandTimeNs, final boolean isAnew) {
        final double leftS = isAnew || !isStretched ? 0 : durationS - (commandTimeNs - startNs) * NANO;
        startNs = commandTimeNs;
        durationS = commonDurationS(setpoint, command, dueS(setpoint, commandTimeNs), leftS);
        for (int i = 0; i < ways.length; i++) {
            startsNs[i] = commandTimeNs;
            isStopping[i] = durationS == NONE;
            if (isStopping[i]) {
                stops[i].planFrom(command, i, limits);
            }
        }
    }

    /**
     * Aims one joint, whose command has been changed by the limiter, at the set-point again, in a time of its own: the
     * others stay on their ways until the next set-point.
     */
    void aimAgain(final int joint, final Setpoint setpoint, final CommandState command, final long commandTimeNs) {
        startsNs[joint] = commandTimeNs;
        isStopping[joint] = false;
        final double dueS = dueS(setpoint, commandTimeNs);
        for (double takenS = Math.max(dueS, shortestS); takenS <= LONGEST_S; takenS *= STRETCH) {
            if (fits(joint, setpoint, command, dueS, takenS, 1)) {
                return;
            }
        }
        isStopping[joint] = true;
        stops[joint].planFrom(command, joint, limits);
    }

    /** Moves the command to where it should be now. */
    void advance(final long nowNs, final CommandState command) {
        for (int i = 0; i < ways.length; i++) {
            final double t = (nowNs - startsNs[i]) * NANO;
            if (isStopping[i]) {
                stops[i].moveTo(t, command, i);
            } else {
                command.set(i, ways[i].position(t), ways[i].velocity(t), ways[i].acceleration(t));
            }
        }
    }

    private static double dueS(final Setpoint setpoint, final long commandTimeNs) {
        return (setpoint.targetTimeNs() - commandTimeNs) * NANO;
    }

    /** Fits the ways of all joints in the least time in which each has one, which it returns, or {@link #NONE}. */
    private double commonDurationS(
            final Setpoint setpoint, final CommandState command, final double dueS, final double leftS) {
        final double soonS = Math.max(dueS, shortestS);
        isStretched = false;
        boolean isLeftTried = leftS < soonS;
        if (!isLeftTried && leftS < KEPT_S) {
            isLeftTried = true;
            isStretched = allFit(setpoint, command, dueS, leftS, 1);
            if (isStretched) {
                return leftS;
            }
        }
        for (double takenS = soonS; takenS <= LONGEST_S; takenS *= STRETCH) {
            if (!isLeftTried && takenS > leftS) {
                isLeftTried = true;
                if (allFit(setpoint, command, dueS, leftS, 1)) {
                    return leftS;
                }
            }
            if (allFit(setpoint, command, dueS, takenS, isStretched ? SAMPLED_SHARE : 1)) {
                return takenS;
            }
            isStretched = true;
        }
        isStretched = false;
        return NONE;
    }

    private boolean allFit(
            final Setpoint setpoint,
            final CommandState command,
            final double dueS,
            final double takenS,
            final double accelerationShare) {
        for (int i = 0; i < ways.length; i++) {
            if (!fits(i, setpoint, command, dueS, takenS, accelerationShare)) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(
            final int i,
            final Setpoint setpoint,
            final CommandState command,
            final double dueS,
            final double takenS,
            final double accelerationShare) {
        final double start = command.positions()[i];
        final double lateS = takenS - dueS;
        final double aheadS = Math.min(lateS, FARTHEST_S);
        double velocity = setpoint.velocity(i);
        double acceleration = setpoint.acceleration(i);
        double position = setpoint.position(i);
        if (velocity * acceleration < 0 && aheadS >= -velocity / acceleration) {
            // By then it stands: it is not taken to turn back.
            position -= velocity * velocity / (2 * acceleration);
            velocity = 0;
            acceleration = 0;
        } else if (aheadS > ACCELERATING_S && velocity * acceleration >= 0) {
            position += aheadS * velocity;
            acceleration = 0;
        } else if (aheadS > 0) {
            position += aheadS * (velocity + aheadS * acceleration / 2);
            velocity += aheadS * acceleration;
        }
        if (lateS > FARTHEST_S) {
            velocity *= 1 - (lateS - FARTHEST_S) / takenS;
            acceleration = 0;
        }
        final double within = Math.max(limits.lowerPosition(i), Math.min(limits.upperPosition(i), position));
        if (within != position) {
            position = within;
            velocity = 0;
            acceleration = 0;
        }
        ways[i].fit(
                start, command.velocities()[i], command.accelerations()[i], position, velocity, acceleration, takenS);
        return ways[i].isWithin(
                Math.min(limits.lowerPosition(i), start),
                Math.max(limits.upperPosition(i), start),
                limits.maxVelocity(i),
                limits.maxAcceleration(i) * accelerationShare,
                limits.maxJerk(i));
    }
}
