package io.tendon.control.anomaly;

import io.tendon.bus.RealTime;
import io.tendon.control.hardware.SensorFrame;

/**
 * Counts samples in which every sensor says exactly what it said before: what is measured is never twice the same in all of its
 * bits. How many are too many is learnt from runs that ended by themselves, for arms whose sensors are coarse. Owner: one thread.
 */
@RealTime
final class FreezeCheck {
    private static final int LEAST_ALLOWED = 20;
    private static final int MOST_ALLOWED = 2_000;
    private static final int TIMES_LONGEST = 4;

    private final double[] before;
    private int filled;
    private boolean isAlike;
    private int run;
    private int longest;

    FreezeCheck(final int jointCount) {
        before = new double[3 * jointCount + 4 * 3 + 2];
    }

    /** Begins anew; what was learnt stays. */
    void restart(final SensorFrame frame) {
        compare(frame);
        run = 0;
    }

    /** Takes a sample. */
    void update(final SensorFrame frame) {
        compare(frame);
        if (isAlike) {
            run++;
        } else {
            if (run < allowed()) {
                longest = Math.max(longest, run);
            }
            run = 0;
        }
    }

    /** Samples that were like the one before, in a row. */
    int run() {
        return run;
    }

    /** How many there may be. */
    int allowed() {
        return Math.max(LEAST_ALLOWED, Math.min(MOST_ALLOWED, TIMES_LONGEST * longest));
    }

    private void compare(final SensorFrame frame) {
        isAlike = true;
        filled = 0;
        compare(frame.positions());
        compare(frame.velocities());
        compare(frame.efforts());
        compare(frame.wristForceN());
        compare(frame.wristTorqueNm());
        compare(frame.angularVelocityRadPerS());
        compare(frame.specificForceMPerS2());
        compare(frame.gripperWidthM());
        compare(frame.gripperForceN());
    }

    private void compare(final double[] values) {
        for (final double value : values) {
            compare(value);
        }
    }

    private void compare(final double value) {
        isAlike &= Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(before[filled]);
        before[filled++] = value;
    }
}
