package io.tendon.bench.anomaly;

import io.tendon.control.hardware.sim.FaultKind;
import io.tendon.control.hardware.sim.SimulatedFault;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A fault of one seed, when and where it shows. Immutable; any thread.
 *
 * @param fault that the arm has, for good.
 * @param onsetMs from when on, since the arm was powered.
 */
record PlannedFault(SimulatedFault fault, long onsetMs) {
    private static final long MS_NS = 1_000_000L;
    private static final long EARLIEST_MS = 5_000;
    private static final int SPAN_MS = 12_000;
    private static final double MOVING_PER_S = 0.2;

    /**
     * That of a seed.
     *
     * @param work that the arm does.
     * @param kind of the fault.
     * @param gaps in what is seen of the arm.
     * @param seed of the onset, the joint, and the arm's noise.
     * @param share of the fault's usual size.
     */
    static PlannedFault of(
            final Work work, final FaultKind kind, final Gaps gaps, final long seed, final double share) {
        final SplittableRandom random = new SplittableRandom(seed ^ 0x6661756c74L);
        long onsetMs = EARLIEST_MS + random.nextInt(SPAN_MS);
        if (kind == FaultKind.COLLISION) {
            onsetMs = movingFrom(work.arm(seed, gaps, List.of()), onsetMs);
        }
        final int joint = kind.isOfAJoint()
                ? work.movingJoints().get(random.nextInt(work.movingJoints().size()))
                : -1;
        return new PlannedFault(
                new SimulatedFault(kind, onsetMs * MS_NS, SimulatedFault.FOR_GOOD, joint, share * kind.usualAmount()),
                onsetMs);
    }

    /** A tool that stands runs into nothing. */
    private static long movingFrom(final WorkingArm arm, final long fromMs) {
        for (long ms = 1; ; ms++) {
            arm.step();
            if (ms >= fromMs && arm.isMeasured() && isMoving(arm)) {
                return ms;
            }
            arm.drive();
        }
    }

    private static boolean isMoving(final WorkingArm arm) {
        for (final double velocity : arm.frame().velocities()) {
            if (Math.abs(velocity) > MOVING_PER_S) {
                return true;
            }
        }
        return false;
    }

    /** From when on, since the arm was powered, ns. */
    long onsetNs() {
        return onsetMs * MS_NS;
    }
}
