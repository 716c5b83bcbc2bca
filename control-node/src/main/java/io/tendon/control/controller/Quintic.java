package io.tendon.control.controller;

import io.tendon.bus.RealTime;

/**
 * One joint's way between two states of position, velocity and acceleration: the polynomial of degree five that meets both
 * (quintic Hermite). Behind its end it goes on with the end's acceleration. Mutable; owner: the control loop's thread.
 *
 * <p>Siciliano et al., Robotics: Modelling, Planning and Control, section 4.2.1.
 */
@RealTime
final class Quintic {
    // What rounding alone can add, so that a way along a limit keeps to it; CommandLimiter does not mind as much.
    private static final double POSITION_ROUNDING = 1e-12;
    private static final double VELOCITY_ROUNDING = 1e-11;
    private static final double ACCELERATION_ROUNDING = 1e-8;

    private double durationS;
    private double c0;
    private double c1;
    private double c2;
    private double c3;
    private double c4;
    private double c5;
    private double endPosition;
    private double endVelocity;
    private double endAcceleration;

    /** Starts at the state 0 and meets the state 1 after {@code newDurationS} seconds, above 0. */
    void fit(
            final double position0,
            final double velocity0,
            final double acceleration0,
            final double position1,
            final double velocity1,
            final double acceleration1,
            final double newDurationS) {
        final double t = newDurationS;
        final double way = position1 - position0;
        durationS = t;
        c0 = position0;
        c1 = velocity0;
        c2 = acceleration0 / 2;
        c3 = (20 * way - (8 * velocity1 + 12 * velocity0) * t - (3 * acceleration0 - acceleration1) * t * t)
                / (2 * t * t * t);
        c4 = (-30 * way + (14 * velocity1 + 16 * velocity0) * t + (3 * acceleration0 - 2 * acceleration1) * t * t)
                / (2 * t * t * t * t);
        c5 = (12 * way - 6 * (velocity1 + velocity0) * t + (acceleration1 - acceleration0) * t * t)
                / (2 * t * t * t * t * t);
        endPosition = position1;
        endVelocity = velocity1;
        endAcceleration = acceleration1;
    }

    /** Length of the way in s. */
    double durationS() {
        return durationS;
    }

    /** Position after t seconds. */
    double position(final double tS) {
        if (tS >= durationS) {
            final double past = tS - durationS;
            return endPosition + past * (endVelocity + past * endAcceleration / 2);
        }
        return c0 + tS * (c1 + tS * (c2 + tS * (c3 + tS * (c4 + tS * c5))));
    }

    /** Velocity after t seconds. */
    double velocity(final double tS) {
        if (tS >= durationS) {
            return endVelocity + (tS - durationS) * endAcceleration;
        }
        return c1 + tS * (2 * c2 + tS * (3 * c3 + tS * (4 * c4 + tS * 5 * c5)));
    }

    /** Acceleration after t seconds. */
    double acceleration(final double tS) {
        if (tS >= durationS) {
            return endAcceleration;
        }
        return 2 * c2 + tS * (6 * c3 + tS * (12 * c4 + tS * 20 * c5));
    }

    /** Jerk after t seconds; 0 behind the end. */
    double jerk(final double tS) {
        return tS >= durationS ? 0 : 6 * c3 + tS * (24 * c4 + tS * 60 * c5);
    }

    /** Whether samples of the way keep to the limits of the joint; its end is one of them, for the jerk its start too. */
    boolean isWithin(
            final double lower,
            final double upper,
            final double maxVelocity,
            final double maxAcceleration,
            final double maxJerk) {
        final double endJerk = 6 * c3 + durationS * (24 * c4 + durationS * 60 * c5);
        if (Math.abs(6 * c3) > maxJerk || Math.abs(endJerk) > maxJerk) {
            return false;
        }
        final int samples = 16;
        for (int i = 1; i <= samples; i++) {
            final double t = durationS * i / samples;
            final double position = position(t);
            if (position < lower - POSITION_ROUNDING
                    || position > upper + POSITION_ROUNDING
                    || Math.abs(velocity(t)) > maxVelocity + VELOCITY_ROUNDING
                    || Math.abs(acceleration(t)) > maxAcceleration + ACCELERATION_ROUNDING
                    || Math.abs(jerk(t)) > maxJerk) {
                return false;
            }
        }
        return true;
    }
}
