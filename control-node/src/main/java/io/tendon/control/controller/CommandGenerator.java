package io.tendon.control.controller;

import io.tendon.bus.RealTime;
import io.tendon.control.safety.CommandLimiter;
import io.tendon.control.safety.Motion;
import io.tendon.control.safety.MotionLimits;

/**
 * Makes the command of each cycle: goes on along the way that the motion asks for, has it limited, and, when the limiter
 * changed a joint, plans that joint's way anew from where it now is. So the commands are continuous in position, velocity
 * and acceleration wherever the limits allow it, and within the limits always. Owner: the control loop's thread.
 */
@RealTime
public final class CommandGenerator {
    private static final double NANO = 1e-9;

    private final MotionLimits limits;
    private final CommandLimiter limiter;
    private final SetpointInterpolator interpolator;
    private final StopProfile[] stops;
    private final long[] stopStartsNs;
    private final JogTrajectory jog;
    private final CommandState command;
    private final Setpoint setpoint;
    private final double[] limitedPositions;
    private final long periodNs;
    private Motion motion = Motion.RAMP;
    private long commandTimeNs;
    private boolean isSetpointNew;
    private boolean isJogCut;

    /**
     * At rest at 0 until {@link #restart}.
     *
     * @param limits of the joints.
     * @param limiter that has the last word; this generator's alone.
     * @param periodNs of the loop, above 0.
     * @param shortestWayNs least time to take to a set-point, above 0; about half the time between two set-points.
     */
    public CommandGenerator(
            final MotionLimits limits, final CommandLimiter limiter, final long periodNs, final long shortestWayNs) {
        this.limits = limits;
        this.limiter = limiter;
        this.periodNs = periodNs;
        interpolator = new SetpointInterpolator(limits, shortestWayNs);
        jog = new JogTrajectory(limits);
        final int count = limits.jointCount();
        stops = new StopProfile[count];
        for (int i = 0; i < count; i++) {
            stops[i] = new StopProfile();
        }
        stopStartsNs = new long[count];
        command = new CommandState(count);
        setpoint = new Setpoint(count);
        limitedPositions = new double[count];
    }

    /** Begins anew, at rest at the given positions, rad or m; forgets the set-point. */
    public void restart(final double[] atPositions, final long nowNs) {
        command.restAt(atPositions);
        limiter.restart(atPositions);
        setpoint.clear();
        commandTimeNs = nowNs;
        planStops();
        motion = Motion.RAMP;
    }

    /** Takes over a newer set-point, from the next cycle that follows on. */
    public void setpoint(final Setpoint newest) {
        setpoint.set(newest);
        isSetpointNew = true;
    }

    /** Plans a jog from the present command, which stands; moves from the next cycle with {@link Motion#JOG}. */
    public void jog(final int joint, final double by, final double speedFraction) {
        jog.plan(joint, command.positions()[joint], by, speedFraction, commandTimeNs);
        isJogCut = false;
    }

    /**
     * Makes the next command.
     *
     * @param next how.
     * @param nowNs time of the cycle, ns since the epoch.
     * @param ticks ticks since the previous command, at least 1.
     * @return bit i is set when joint i was clamped by the limiter.
     */
    public int generate(final Motion next, final long nowNs, final int ticks) {
        commandTimeNs = nowNs - ticks * periodNs;
        begin(next);
        switch (next) {
            case FOLLOW -> interpolator.advance(nowNs, command);
            case RAMP -> advanceStops(nowNs);
            case STOP -> advanceFastStop(ticks * periodNs * NANO);
            case JOG -> jog.advance(nowNs, command);
        }
        commandTimeNs = nowNs;
        System.arraycopy(command.positions(), 0, limitedPositions, 0, limitedPositions.length);
        final int clamped = limiter.limit(limitedPositions, ticks);
        for (int i = 0; clamped >>> i != 0; i++) {
            if ((clamped >>> i & 1) != 0) {
                goOnFromClamp(i, ticks);
            }
        }
        return clamped;
    }

    /** The present command; live. */
    public CommandState command() {
        return command;
    }

    /** The set-point in use; live; not present before the first. */
    public Setpoint setpoint() {
        return setpoint;
    }

    /** Whether the command stands still. */
    public boolean isStanding() {
        return command.isStanding();
    }

    /** Whether the jog is at its end, or was cut short by the limiter. */
    public boolean isJogDone() {
        return isJogCut || jog.isDone(commandTimeNs);
    }

    /** The joint that is farthest from the set-point. */
    public int farthestJoint() {
        int farthest = 0;
        for (int i = 1; i < command.jointCount(); i++) {
            if (distance(i) > distance(farthest)) {
                farthest = i;
            }
        }
        return farthest;
    }

    /** How far a joint's command is from the set-point, rad or m. */
    public double distance(final int joint) {
        return Math.abs(setpoint.position(joint) - command.positions()[joint]);
    }

    private void begin(final Motion next) {
        final boolean isAnew = next != motion;
        motion = next;
        if (next == Motion.FOLLOW) {
            if (isAnew || isSetpointNew) {
                interpolator.aim(setpoint, command, commandTimeNs, isAnew);
                isSetpointNew = false;
            }
        } else if (next == Motion.RAMP && isAnew) {
            planStops();
        }
    }

    private void planStops() {
        for (int i = 0; i < stops.length; i++) {
            planStop(i);
        }
    }

    private void planStop(final int i) {
        stops[i].planFrom(command, i, limits);
        stopStartsNs[i] = commandTimeNs;
    }

    private void advanceStops(final long nowNs) {
        for (int i = 0; i < stops.length; i++) {
            final double t = (nowNs - stopStartsNs[i]) * NANO;
            stops[i].moveTo(t, command, i);
        }
    }

    private void advanceFastStop(final double stepS) {
        for (int i = 0; i < stops.length; i++) {
            final double velocity = command.velocities()[i];
            final double change = Math.min(Math.abs(velocity), limits.maxAcceleration(i) * stepS);
            final double slower = velocity - Math.copySign(change, velocity);
            // Braking may end within the step: the way is that of the braking, not of the step.
            final double brakingS = change / limits.maxAcceleration(i);
            final double way = (velocity + slower) / 2 * brakingS;
            command.set(i, command.positions()[i] + way, slower, (slower - velocity) / stepS);
        }
    }

    private void goOnFromClamp(final int i, final int ticks) {
        final double stepVelocity = limiter.velocity(i);
        final double acceleration = limiter.acceleration(i);
        final double maxVelocity = limits.maxVelocity(i);
        double velocity = stepVelocity + acceleration * ticks * periodNs * NANO / 2;
        if (velocity * stepVelocity <= 0) {
            command.set(i, limiter.position(i), 0, 0);
        } else {
            velocity = Math.max(-maxVelocity, Math.min(maxVelocity, velocity));
            command.set(i, limiter.position(i), velocity, acceleration);
        }
        switch (motion) {
            case FOLLOW -> interpolator.aimAgain(i, setpoint, command, commandTimeNs);
            case RAMP -> planStop(i);
            case JOG -> isJogCut = true;
            case STOP -> {
                // Goes on from the command.
            }
        }
    }
}
