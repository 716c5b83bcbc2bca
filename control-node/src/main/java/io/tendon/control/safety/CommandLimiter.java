package io.tendon.control.safety;

import io.tendon.bus.RealTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every command within the limits, judged against the command before it: position, velocity (way divided by time),
 * acceleration (change of velocity divided by time), and the speed at which a position limit may be approached. Whatever
 * is asked for, what comes out keeps all four; a clamp is counted by joint and reason. Owner: the control loop's thread.
 */
@RealTime
public final class CommandLimiter {
    // Rounding of positions near pi, divided by a period, is of this order; less than this is not a clamp.
    private static final double VELOCITY_ROUNDING = 1e-10;

    private final MotionLimits limits;
    private final double periodS;
    private final double[] positions;
    private final double[] velocities;
    private final double[] accelerations;
    private final long[] clamps;
    private final @Nullable ClampReason[] latestReasons;
    private final double[] latestAsked;
    private int previousTicks = 1;

    /**
     * Starts at rest at position 0; {@link #restart} says where the arm really is.
     *
     * @param limits of the joints.
     * @param periodNs of the loop, above 0.
     */
    public CommandLimiter(final MotionLimits limits, final long periodNs) {
        this.limits = limits;
        this.periodS = periodNs * 1e-9;
        final int count = limits.jointCount();
        positions = new double[count];
        velocities = new double[count];
        accelerations = new double[count];
        clamps = new long[count * ClampReason.COUNT];
        latestReasons = new ClampReason[count];
        latestAsked = new double[count];
    }

    /** Begins anew, at rest at the given positions (rad or m), which may be outside the limits. */
    public void restart(final double[] atPositions) {
        System.arraycopy(atPositions, 0, positions, 0, positions.length);
        Arrays.fill(velocities, 0);
        Arrays.fill(accelerations, 0);
        previousTicks = 1;
    }

    /**
     * Limits the commands of one cycle, in place, and remembers them as the previous ones.
     *
     * @param commandPositions wanted positions in, allowed positions out; rad or m.
     * @param ticks ticks since the previous command, at least 1.
     * @return bit i is set when joint i was clamped.
     */
    public int limit(final double[] commandPositions, final int ticks) {
        final double stepS = ticks * periodS;
        int clamped = 0;
        for (int i = 0; i < positions.length; i++) {
            final double asked = commandPositions[i];
            final double velocity = allowedVelocity(i, asked, ticks, stepS);
            double position = asked;
            if (latestReasons[i] != null) {
                clamped |= 1 << i;
                position = positions[i] + velocity * stepS;
                latestAsked[i] = asked;
            }
            final double achieved = (position - positions[i]) / stepS;
            accelerations[i] = (achieved - velocities[i]) / (0.5 * (previousTicks + ticks) * periodS);
            velocities[i] = achieved;
            positions[i] = position;
            commandPositions[i] = position;
        }
        previousTicks = ticks;
        return clamped;
    }

    /** Velocity of the joint's latest step: its way divided by its time, rad/s or m/s. */
    public double velocity(final int joint) {
        return velocities[joint];
    }

    /** Change of velocity from the step before to the latest, divided by the time between their middles. */
    public double acceleration(final int joint) {
        return accelerations[joint];
    }

    /** Latest command of a joint, rad or m. */
    public double position(final int joint) {
        return positions[joint];
    }

    /** Why the joint was clamped in the latest cycle, or null when it was not. */
    public @Nullable ClampReason latestReason(final int joint) {
        return latestReasons[joint];
    }

    /** What was asked of the joint when it was last clamped, rad or m. */
    public double latestAsked(final int joint) {
        return latestAsked[joint];
    }

    /** How often a joint was clamped for a reason. */
    public long clamps(final int joint, final ClampReason reason) {
        return clamps[joint * ClampReason.COUNT + reason.index()];
    }

    /** How often any joint was clamped. */
    public long clamps() {
        long sum = 0;
        for (final long count : clamps) {
            sum += count;
        }
        return sum;
    }

    private double allowedVelocity(final int i, final double asked, final int ticks, final double stepS) {
        latestReasons[i] = null;
        double velocity = (asked - positions[i]) / stepS;
        if (!Double.isFinite(velocity)) {
            velocity = 0;
            clamp(i, ClampReason.NOT_FINITE);
        }
        final double maxVelocity = limits.maxVelocity(i);
        velocity = bounded(i, velocity, -maxVelocity, maxVelocity, ClampReason.VELOCITY);
        final double maxAcceleration = limits.maxAcceleration(i);
        final double up =
                BrakingBound.maxVelocity(limits.upperPosition(i) - positions[i], maxAcceleration, ticks, periodS);
        final double down =
                -BrakingBound.maxVelocity(positions[i] - limits.lowerPosition(i), maxAcceleration, ticks, periodS);
        velocity = bounded(i, velocity, down, up, ClampReason.POSITION);
        final double change = maxAcceleration * 0.5 * (previousTicks + ticks) * periodS;
        return bounded(i, velocity, velocities[i] - change, velocities[i] + change, ClampReason.ACCELERATION);
    }

    private double bounded(
            final int i, final double velocity, final double least, final double greatest, final ClampReason reason) {
        if (velocity < least - VELOCITY_ROUNDING) {
            clamp(i, reason);
            return least;
        }
        if (velocity > greatest + VELOCITY_ROUNDING) {
            clamp(i, reason);
            return greatest;
        }
        return velocity;
    }

    private void clamp(final int joint, final ClampReason reason) {
        latestReasons[joint] = reason;
        clamps[joint * ClampReason.COUNT + reason.index()]++;
    }
}
