package io.tendon.control.safety;

import io.tendon.bus.RealTime;

/**
 * How fast a joint may go towards a wall, so that it can still stop in front of it. Exact for motion in steps: commands
 * come once a period, the velocity of a step is its way divided by its time, and from one period to the next the velocity
 * can be lowered by {@code acceleration * period}. Stateless.
 *
 * <p>With decrement A, period h and velocity w, braking takes m = floor(w / A) more steps and covers m w h - A h m (m + 1)
 * / 2. A step that took longer than a period counts with its own length; see {@link #maxVelocity}. Whoever keeps to the
 * bound once can always keep to it, by braking with the full acceleration.
 */
@RealTime
public final class BrakingBound {
    private BrakingBound() {}

    /**
     * The greatest velocity towards the wall for the next step.
     *
     * @param room distance to the wall before the step, rad or m; 0 or less when the joint is at it or behind it.
     * @param maxAcceleration with which the joint can brake, rad/s2 or m/s2, above 0.
     * @param ticks length of the step in periods, at least 1.
     * @param periodS length of a period in s, above 0.
     * @return velocity in rad/s or m/s, at least 0; infinity for an infinite room.
     */
    public static double maxVelocity(
            final double room, final double maxAcceleration, final int ticks, final double periodS) {
        if (room == Double.POSITIVE_INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        if (room <= 0) {
            return 0;
        }
        final double stepS = ticks * periodS;
        final double decrement = maxAcceleration * periodS;
        // The mean velocity of a longer step is this much above the one its last period ends with.
        final double lead = decrement * (ticks - 1) / 2;
        final double rest = room - lead * stepS;
        if (rest <= 0) {
            return room / stepS;
        }
        final double quanta = 2 * rest / (decrement * periodS);
        final double linear = 2.0 * ticks - 1;
        final double steps = Math.floor((Math.sqrt(linear * linear + 4 * quanta) - linear) / 2);
        return lead + (rest + decrement * periodS * steps * (steps + 1) / 2) / (stepS + steps * periodS);
    }
}
