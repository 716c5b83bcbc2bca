package io.tendon.control.anomaly;

import io.tendon.bus.RealTime;

/**
 * Holds the position of one joint against the sum of its velocity, of about the last {@value #MEMORY_S} s. What the joint did
 * in a gap of more than {@value #LONGEST_SEEN_PERIODS} periods, or {@value #SMOOTH_S} s, is left out of both; a shorter one counts,
 * so that capture times that are early and late by turns make up for each other. Says nothing of an arm whose velocity is made from the same encoder.
 * Owner: one thread.
 */
@RealTime
final class EncoderCheck {
    private static final double MEMORY_S = 0.5;

    private static final double LONGEST_SEEN_PERIODS = 7.5;
    private static final double LEAST_SEEN_PERIODS = 1.5;

    /** A drive that gets no command goes on for this long before it brakes, s: until then a joint moves smoothly. */
    private static final double SMOOTH_S = 0.02;

    /** Of the change of acceleration between two samples, what the way by their mean velocity may be wrong by. */
    private static final double BEND_SHARE = 1.0 / 12;

    /** What is allowed: of each, a share of the way, and a delay of the velocity, at least this and at least a period. */
    private static final double LEAST_ALLOWED = 1e-3;

    private static final double WAY_SHARE = 5e-3;
    private static final double LEAST_DELAY_S = 1e-3;

    private final double longestSeenS;
    private final double delayS;
    private double position;
    private double velocity;
    private double slip;
    private double way;
    private double acceleration;
    private double bend;

    /**
     * A check that has seen nothing.
     *
     * @param periodS in which samples are due, s, above 0.
     */
    EncoderCheck(final double periodS) {
        longestSeenS = Math.max(LEAST_SEEN_PERIODS * periodS, Math.min(LONGEST_SEEN_PERIODS * periodS, SMOOTH_S));
        delayS = Math.max(LEAST_DELAY_S, periodS);
    }

    /** Begins anew. */
    void restart(final double measuredPosition, final double measuredVelocity) {
        slip = 0;
        way = 0;
        acceleration = 0;
        bend = 0;
        goOn(measuredPosition, measuredVelocity);
    }

    /**
     * Takes a sample.
     *
     * @param dtS time since the one before, s, above 0.
     */
    void update(final double dtS, final double measuredPosition, final double measuredVelocity) {
        final double kept = Math.exp(-dtS / MEMORY_S);
        slip *= kept;
        way *= kept;
        bend *= kept;
        if (dtS < longestSeenS) {
            final double accelerated = (measuredVelocity - velocity) / dtS;
            bend += BEND_SHARE * Math.abs(accelerated - acceleration) * dtS * dtS;
            acceleration = accelerated;
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
        return LEAST_ALLOWED + WAY_SHARE * way + bend + delayS * Math.abs(velocity);
    }
}
