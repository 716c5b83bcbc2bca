package io.tendon.control.controller;

import io.tendon.bus.RealTime;
import io.tendon.control.safety.MotionLimits;

/**
 * Fills the cycles between two set-points. Each joint gets a {@link Quintic} from its present command to the set-point at
 * its target time, so position, velocity and acceleration are continuous whenever set-points come, however late.
 *
 * <p>When the limits do not allow to be there in time (after a jump, a loss, a stop), the joint takes the shortest of a
 * series of longer ways to where the set-point will be by then, going on with the set-point's velocity. The way it is on
 * is always among the candidates, so it never gets longer while the set-point stands, and the joint arrives. If no way
 * fits, the joint stops, limited in jerk, and tries again with the next set-point.
 *
 * <p>Owner: the control loop's thread.
 */
@RealTime
final class SetpointInterpolator {
    private static final double NANO = 1e-9;
    private static final double STRETCH = 1.25;
    private static final double LONGEST_S = 30;
    // Further on than this a set-point goes on with its velocity alone: a constant acceleration would lead anywhere.
    private static final double ACCELERATING_S = 0.05;

    private final MotionLimits limits;
    private final double shortestS;
    private final Quintic[] ways;
    private final StopProfile[] stops;
    private final boolean[] isStopping;
    private final boolean[] isStretched;
    private final long[] startsNs;

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
        isStretched = new boolean[count];
        startsNs = new long[count];
    }

    /**
     * Aims every joint at a set-point.
     *
     * @param setpoint to reach.
     * @param command present command.
     * @param commandTimeNs when that was given, ns since the epoch.
     * @param isAnew whether the ways that the joints were on no longer hold.
     */
    void aim(final Setpoint setpoint, final CommandState command, final long commandTimeNs, final boolean isAnew) {
        for (int i = 0; i < ways.length; i++) {
            final double leftS = isAnew || isStopping[i] || !isStretched[i]
                    ? 0
                    : ways[i].durationS() - (commandTimeNs - startsNs[i]) * NANO;
            aim(i, setpoint, command, commandTimeNs, leftS);
        }
    }

    /** Aims one joint, whose command has been changed by the limiter, at the set-point again. */
    void aimAgain(final int joint, final Setpoint setpoint, final CommandState command, final long commandTimeNs) {
        aim(joint, setpoint, command, commandTimeNs, 0);
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

    private void aim(
            final int i,
            final Setpoint setpoint,
            final CommandState command,
            final long commandTimeNs,
            final double leftS) {
        startsNs[i] = commandTimeNs;
        isStopping[i] = false;
        isStretched[i] = false;
        final double dueS = (setpoint.targetTimeNs() - commandTimeNs) * NANO;
        final double soonS = Math.max(dueS, shortestS);
        boolean isLeftTried = leftS < soonS;
        for (double durationS = soonS; durationS <= LONGEST_S; durationS *= STRETCH) {
            if (!isLeftTried && durationS > leftS) {
                isLeftTried = true;
                if (fits(i, setpoint, command, dueS, leftS)) {
                    return;
                }
            }
            if (fits(i, setpoint, command, dueS, durationS)) {
                return;
            }
            isStretched[i] = true;
        }
        isStopping[i] = true;
        stops[i].planFrom(command, i, limits);
    }

    private boolean fits(
            final int i,
            final Setpoint setpoint,
            final CommandState command,
            final double dueS,
            final double durationS) {
        final double lateS = durationS - dueS;
        final double start = command.positions()[i];
        double velocity = setpoint.velocity(i);
        double acceleration = setpoint.acceleration(i);
        double position = setpoint.position(i);
        if (lateS > ACCELERATING_S) {
            position += lateS * velocity;
            acceleration = 0;
        } else if (lateS > 0) {
            position += lateS * (velocity + lateS * acceleration / 2);
            velocity += lateS * acceleration;
        }
        final double within = Math.max(limits.lowerPosition(i), Math.min(limits.upperPosition(i), position));
        if (within != position) {
            position = within;
            velocity = 0;
            acceleration = 0;
        }
        ways[i].fit(
                start,
                command.velocities()[i],
                command.accelerations()[i],
                position,
                velocity,
                acceleration,
                durationS);
        return ways[i].isWithin(
                Math.min(limits.lowerPosition(i), start),
                Math.max(limits.upperPosition(i), start),
                limits.maxVelocity(i),
                limits.maxAcceleration(i),
                limits.maxJerk(i));
    }
}
