package io.tendon.control.anomaly;

import io.tendon.bus.RealTime;

/**
 * How far one joint is from where its command should have brought it. A drive that got no command for a while goes on, and
 * then brakes, by itself: that is allowed for until it has caught up. Owner: one thread.
 */
@RealTime
final class TrackingCheck {
    private static final double LEAST_ALLOWED = 0.02;

    /** How far behind a moving command a drive may be, s. */
    private static final double LAG_S = 0.02;

    /** In which a drive catches up, s. */
    private static final double CATCH_UP_S = 0.05;

    private double distance;
    private double missedWay;
    private double lagWay;

    /** Begins anew. */
    void restart() {
        distance = 0;
        missedWay = 0;
        lagWay = 0;
    }

    /**
     * Takes a sample.
     *
     * @param dtS time since the one before, s.
     * @param unseenS of that, without a sample and perhaps without a command.
     * @param commandPosition what it was told last, rad or m.
     * @param commandVelocity that belongs to it, rad/s or m/s.
     * @param measuredPosition where it is, rad or m.
     * @param measuredVelocity rad/s or m/s.
     */
    void update(
            final double dtS,
            final double unseenS,
            final double commandPosition,
            final double commandVelocity,
            final double measuredPosition,
            final double measuredVelocity) {
        final double kept = Math.exp(-dtS / CATCH_UP_S);
        final double fastest = Math.max(Math.abs(commandVelocity), Math.abs(measuredVelocity));
        missedWay = missedWay * kept + fastest * unseenS;
        // Behind a command that moved and stands now a drive still is.
        lagWay = Math.max(lagWay * kept, LAG_S * Math.abs(commandVelocity));
        distance = measuredPosition - commandPosition;
    }

    /** Distance from the command, rad or m. */
    double distance() {
        return distance;
    }

    /** How far it may be, rad or m. */
    double allowed() {
        return LEAST_ALLOWED + lagWay + missedWay;
    }
}
