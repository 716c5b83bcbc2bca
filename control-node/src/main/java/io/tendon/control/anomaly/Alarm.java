package io.tendon.control.anomaly;

import io.tendon.bus.RealTime;

/**
 * Makes an anomaly of residuals that are too large: {@value #SAMPLES_TO_BEGIN} samples in a row begin one, {@value
 * #CALM_TO_END_S} s without one above {@value #CALM} of what is allowed end it. A sample behind a gap counts as any other:
 * what it could not know is in what is allowed. Owner: one thread.
 */
@RealTime
final class Alarm {
    private static final int SAMPLES_TO_BEGIN = 3;
    private static final double CALM = 0.7;
    private static final double CALM_TO_END_S = 0.5;

    private int exceeded;
    private double calmS;
    private boolean isOn;
    private boolean isTold;

    /** Forgets all. */
    void restart() {
        exceeded = 0;
        calmS = 0;
        isOn = false;
        isTold = false;
    }

    /**
     * Takes the residual of a sample.
     *
     * @param times what is allowed.
     * @param dtS time since the sample before, s.
     */
    void update(final double times, final double dtS) {
        exceeded = times > 1 ? exceeded + 1 : 0;
        calmS = times > CALM ? 0 : calmS + dtS;
        if (isOn) {
            isOn = calmS < CALM_TO_END_S;
        } else {
            isOn = exceeded >= SAMPLES_TO_BEGIN;
            isTold = false;
        }
    }

    /** Whether there is an anomaly that has not been told of. */
    boolean isToBeTold() {
        return isOn && !isTold;
    }

    /** It has. */
    void told() {
        isTold = true;
    }

    /** Whether there is an anomaly. */
    boolean isOn() {
        return isOn;
    }
}
