package io.tendon.control.controller;

import io.tendon.bus.RealTime;
import io.tendon.control.safety.MotionLimits;

/**
 * One joint's way from rest to rest for an operator: a quintic slow enough for the asked share of the velocity limit, and
 * for the acceleration and jerk limits. Mutable; owner: the control loop's thread.
 */
@RealTime
final class JogTrajectory {
    // Greatest velocity, acceleration and jerk of a rest-to-rest quintic over a way of 1 in 1 s.
    private static final double PEAK_VELOCITY = 15.0 / 8;
    private static final double PEAK_ACCELERATION = 10 / Math.sqrt(3);
    private static final double PEAK_JERK = 60;

    private final MotionLimits limits;
    private final Quintic way = new Quintic();
    private int joint;
    private long startNs;

    JogTrajectory(final MotionLimits limits) {
        this.limits = limits;
    }

    /**
     * Plans a jog.
     *
     * @param newJoint that moves.
     * @param position at which it stands.
     * @param by how far, rad or m, signed.
     * @param speedFraction share of the velocity limit, above 0, at most 1.
     * @param nowNs start.
     */
    void plan(
            final int newJoint, final double position, final double by, final double speedFraction, final long nowNs) {
        joint = newJoint;
        startNs = nowNs;
        final double length = Math.abs(by);
        final double byVelocityS = PEAK_VELOCITY * length / (limits.maxVelocity(newJoint) * speedFraction);
        final double byAccelerationS = Math.sqrt(PEAK_ACCELERATION * length / limits.maxAcceleration(newJoint));
        final double byJerkS = Math.cbrt(PEAK_JERK * length / limits.maxJerk(newJoint));
        way.fit(position, 0, 0, position + by, 0, 0, Math.max(byVelocityS, Math.max(byAccelerationS, byJerkS)));
    }

    /** Moves the jog's joint to where it should be now. */
    void advance(final long nowNs, final CommandState command) {
        final double t = seconds(nowNs);
        command.set(joint, way.position(t), way.velocity(t), way.acceleration(t));
    }

    /** Whether the end has been reached. */
    boolean isDone(final long nowNs) {
        return seconds(nowNs) >= way.durationS();
    }

    private double seconds(final long nowNs) {
        return (nowNs - startNs) * 1e-9;
    }
}
