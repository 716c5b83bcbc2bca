package io.tendon.control.hardware.sim;

import io.tendon.bus.RealTime;

/**
 * The state of the simulation as a row of numbers: each part writes its own, and reads them back in the same order. Owner:
 * the control loop's thread.
 */
@RealTime
final class StateVector {
    private final double[] values;
    private int next;

    StateVector(final int length) {
        values = new double[length];
    }

    /** Begins anew at the first number. */
    StateVector rewind() {
        next = 0;
        return this;
    }

    void put(final double value) {
        values[next++] = value;
    }

    void put(final double[] several) {
        for (final double value : several) {
            put(value);
        }
    }

    double take() {
        return values[next++];
    }

    void take(final double[] several) {
        for (int i = 0; i < several.length; i++) {
            several[i] = take();
        }
    }

    /** The numbers; live. */
    double[] values() {
        return values;
    }
}
