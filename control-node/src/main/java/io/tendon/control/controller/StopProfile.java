package io.tendon.control.controller;

import io.tendon.bus.RealTime;
import io.tendon.control.safety.MotionLimits;

/**
 * One joint's way to a stop: jerk, constant deceleration, jerk back; the shortest that keeps to the jerk and acceleration
 * limits (the third-order part of a seven-segment profile, Biagiotti and Melchiorri, Trajectory Planning for Automatic
 * Machines and Robots, section 3.4). Ends at rest exactly. Mutable; owner: the control loop's thread.
 */
@RealTime
final class StopProfile {
    private double position0;
    private double velocity0;
    private double acceleration0;
    private double jerk;
    private double jerkInS;
    private double holdS;
    private double jerkOutS;
    private double restPosition;

    /** Plans from a state; the limits are above 0, and the acceleration within its own. */
    void plan(
            final double position,
            final double velocity,
            final double acceleration,
            final double maxAcceleration,
            final double maxJerk) {
        position0 = position;
        velocity0 = velocity;
        acceleration0 = acceleration;
        // Velocity that would be left if the acceleration were just taken back to 0: its sign says which way to brake.
        final double leftVelocity = velocity + acceleration * Math.abs(acceleration) / (2 * maxJerk);
        final double sign = leftVelocity >= 0 ? 1 : -1;
        final double v = velocity * sign;
        final double a = acceleration * sign;
        final double peak = Math.sqrt(Math.max(0, maxJerk * v + a * a / 2));
        final double greatest = Math.max(maxAcceleration, -a);
        if (peak <= greatest) {
            jerkInS = Math.max(0, (peak + a) / maxJerk);
            holdS = 0;
            jerkOutS = peak / maxJerk;
        } else {
            jerkInS = (greatest + a) / maxJerk;
            holdS = (v + a * a / (2 * maxJerk) - greatest * greatest / maxJerk) / greatest;
            jerkOutS = greatest / maxJerk;
        }
        jerk = -sign * maxJerk;
        restPosition = positionAt(durationS());
    }

    /** Plans from where a joint's command is. */
    void planFrom(final CommandState command, final int joint, final MotionLimits limits) {
        plan(
                command.positions()[joint],
                command.velocities()[joint],
                command.accelerations()[joint],
                limits.maxAcceleration(joint),
                limits.maxJerk(joint));
    }

    /** Moves a joint's command to where it is after t seconds. */
    void moveTo(final double tS, final CommandState command, final int joint) {
        command.set(joint, position(tS), velocity(tS), acceleration(tS));
    }

    /** Length of the way in s. */
    double durationS() {
        return jerkInS + holdS + jerkOutS;
    }

    /** Where it comes to rest, rad or m. */
    double restPosition() {
        return restPosition;
    }

    /** Position after t seconds. */
    double position(final double tS) {
        return tS >= durationS() ? restPosition : positionAt(tS);
    }

    /** Velocity after t seconds; exactly 0 from the end on. */
    double velocity(final double tS) {
        if (tS >= durationS()) {
            return 0;
        }
        final double t1 = Math.min(tS, jerkInS);
        final double v1 = velocity0 + t1 * (acceleration0 + t1 * jerk / 2);
        final double a1 = acceleration0 + t1 * jerk;
        final double t2 = Math.max(0, Math.min(tS - jerkInS, holdS));
        final double t3 = Math.max(0, tS - jerkInS - holdS);
        return v1 + (t2 + t3) * a1 - t3 * t3 * jerk / 2;
    }

    /** Acceleration after t seconds; exactly 0 from the end on. */
    double acceleration(final double tS) {
        if (tS >= durationS()) {
            return 0;
        }
        final double t1 = Math.min(tS, jerkInS);
        final double t3 = Math.max(0, tS - jerkInS - holdS);
        return acceleration0 + (t1 - t3) * jerk;
    }

    private double positionAt(final double tS) {
        final double t1 = Math.min(tS, jerkInS);
        final double p1 = position0 + t1 * (velocity0 + t1 * (acceleration0 / 2 + t1 * jerk / 6));
        final double v1 = velocity0 + t1 * (acceleration0 + t1 * jerk / 2);
        final double a1 = acceleration0 + t1 * jerk;
        final double rest = Math.max(0, tS - jerkInS);
        final double t3 = Math.max(0, rest - holdS);
        return p1 + rest * (v1 + rest * a1 / 2) - t3 * t3 * t3 * jerk / 6;
    }
}
