package io.tendon.fusion.task;

import io.tendon.fusion.align.ArmSample;
import java.util.Arrays;

/**
 * An arm without dynamics: its commanded positions are those of the set-point before the last, its fingers move at a
 * constant speed, and a block goes where the joints go while the fingers press on it. Distances are of joint positions.
 */
final class FakeArm {
    static final double BLOCK_M = 0.04;
    private static final double FINGER_M_PER_WINDOW = 0.002;
    private static final double REACH = 0.02;

    final double[] block;
    final ArmSample sample;
    boolean isHolding;
    boolean isSlippery;
    private final long windowNs;
    private final double[][] pipeline = new double[3][];
    private double widthM = 0.06;

    FakeArm(final double[] start, final double[] block, final long windowNs) {
        this.block = block.clone();
        this.windowNs = windowNs;
        sample = new ArmSample(start.length);
        System.arraycopy(start, 0, sample.commandPositions, 0, start.length);
        System.arraycopy(start, 0, sample.positions, 0, start.length);
        sample.followsSetpoints = true;
        for (int i = 0; i < pipeline.length; i++) {
            pipeline[i] = start.clone();
        }
    }

    /** One window later; follows the set-point when it follows at all. */
    void step(final long windowEndNs, final ArmSetpoint setpoint) {
        if (sample.followsSetpoints) {
            System.arraycopy(pipeline, 0, pipeline, 1, pipeline.length - 1);
            pipeline[0] = setpoint.positions.clone();
            for (int j = 0; j < sample.positions.length; j++) {
                final double before = sample.commandPositions[j];
                sample.commandPositions[j] = pipeline[1][j];
                sample.commandVelocities[j] = (pipeline[1][j] - before) / (windowNs / 1e9);
                sample.positions[j] = sample.commandPositions[j];
            }
        }
        moveFingers(setpoint.gripperWidthM);
        if (isHolding) {
            System.arraycopy(sample.positions, 0, block, 0, block.length);
        }
        // Newest sample of the window: the target of the set-point before the last, 15 ms after an end, is 5 ms past.
        sample.captureTimeNs = windowEndNs - 5_000_000L;
        sample.gripperWidthM = widthM;
        sample.gripperForceN = isHolding ? 20 : 0;
    }

    /** Stops at once, as after a stop by control, and takes no set-points. */
    void standStill() {
        sample.followsSetpoints = false;
        Arrays.fill(sample.commandVelocities, 0);
    }

    /** Follows again. */
    void follow() {
        sample.followsSetpoints = true;
        for (int i = 0; i < pipeline.length; i++) {
            pipeline[i] = sample.commandPositions.clone();
        }
    }

    /** Puts the arm elsewhere while it stands, as a jog does. */
    void jogTo(final double[] positions) {
        System.arraycopy(positions, 0, sample.commandPositions, 0, positions.length);
        System.arraycopy(positions, 0, sample.positions, 0, positions.length);
    }

    void drop(final double[] where) {
        isHolding = false;
        widthM -= 0.01;
        System.arraycopy(where, 0, block, 0, where.length);
    }

    private void moveFingers(final double wantedM) {
        final double step = Math.max(-FINGER_M_PER_WINDOW, Math.min(FINGER_M_PER_WINDOW, wantedM - widthM));
        final boolean isClosing = wantedM < widthM;
        final double next = widthM + step;
        if (isClosing && !isSlippery && widthM >= BLOCK_M && next <= BLOCK_M && isAtBlock()) {
            isHolding = true;
        }
        if (wantedM > BLOCK_M) {
            isHolding = false;
        }
        widthM = isHolding ? BLOCK_M : next;
    }

    private boolean isAtBlock() {
        for (int j = 0; j < block.length; j++) {
            if (Math.abs(block[j] - sample.positions[j]) > REACH) {
                return false;
            }
        }
        return true;
    }
}
