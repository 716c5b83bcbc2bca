package io.tendon.control.anomaly;

import io.tendon.bus.RealTime;

/**
 * Holds the position of one joint against the sum of its velocity, of about the last {@value #MEMORY_S} s. What the joint did
 * while nothing was measured is left out of both. Says nothing of an arm whose velocity is made from the same encoder. Owner:
 * one thread.
 */
@RealTime
final class EncoderCheck {
    private static final double MEMORY_S = 0.5;

    /** What is allowed: of each, a share of the way, and a delay of the velocity. */
    private static final double LEAST_ALLOWED = 1e-3;

    private static final double WAY_SHARE = 5e-3;
    private static final double DELAY_S = 1e-3;

    private double position;
    private double velocity;
    private double slip;
    private double way;

    /** Begins anew. */
    void restart(final double measuredPosition, final double measuredVelocity) {
        slip = 0;
        way = 0;
        goOn(measuredPosition, measuredVelocity);
    }

    /**
     * Takes a sample; {@code isSeen} is false when others should have come between it and the one before.
     *
     * @param dtS time since that, s.
     */
    void update(final double dtS, final boolean isSeen, final double measuredPosition, final double measuredVelocity) {
        final double kept = Math.exp(-dtS / MEMORY_S);
        slip *= kept;
        way *= kept;
        if (isSeen) {
            final double driven = (velocity + measuredVelocity) / 2 * dtS;
            slip += measuredPosition - position - driven;
            way += Math.abs(driven);
        }
        goOn(measuredPosition, measuredVelocity);
    }

    private void goOn(final double measuredPosition, final double measuredVelocity) {
        position = measuredPosition;
        velocity = measuredVelocity;
    }

    /** How far the position has gone by itself, rad or m. */
    double slip() {
        return slip;
    }

    /** How far it may, rad or m. */
    double allowed() {
        return LEAST_ALLOWED + WAY_SHARE * way + DELAY_S * Math.abs(velocity);
    }
}
