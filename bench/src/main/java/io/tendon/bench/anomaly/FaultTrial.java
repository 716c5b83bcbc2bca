package io.tendon.bench.anomaly;

import io.tendon.control.hardware.sim.FaultKind;
import io.tendon.control.hardware.sim.SimulatedFault;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One fault of one seed at an arm at work, and how long it took until an anomaly was found. */
final class FaultTrial {
    private static final long MS_NS = 1_000_000L;
    private static final long EARLIEST_MS = 5_000;
    private static final int SPAN_MS = 12_000;
    private static final long PATIENCE_MS = 10_000;
    private static final double MOVING_PER_S = 0.2;

    private final Work work;
    private final FaultKind kind;
    private final Gaps gaps;
    private final long seed;
    private final double share;
    private long onsetMs;
    private boolean isFalse;
    private WatchedArm.@Nullable Finding found;

    /**
     * A trial to come.
     *
     * @param work that the arm does.
     * @param kind of the fault.
     * @param gaps in what is seen of it.
     * @param seed of the noise, the onset and the joint.
     * @param share of the fault's usual size.
     */
    FaultTrial(final Work work, final FaultKind kind, final Gaps gaps, final long seed, final double share) {
        this.work = work;
        this.kind = kind;
        this.gaps = gaps;
        this.seed = seed;
        this.share = share;
    }

    /** Runs it. */
    FaultTrial run() {
        final SplittableRandom random = new SplittableRandom(seed ^ 0x6661756c74L);
        onsetMs = EARLIEST_MS + random.nextInt(SPAN_MS);
        if (kind == FaultKind.COLLISION) {
            onsetMs = movingFrom(onsetMs);
        }
        final int joint = kind.isOfAJoint()
                ? work.movingJoints().get(random.nextInt(work.movingJoints().size()))
                : -1;
        final SimulatedFault fault =
                new SimulatedFault(kind, onsetMs * MS_NS, SimulatedFault.FOR_GOOD, joint, share * kind.usualAmount());
        final WatchedArm arm = new WatchedArm(work.arm(seed, gaps, List.of(fault)));
        final WatchedArm.Watcher watcher = arm.watch(work.robot(), work.cell().blockMassKg(), true);
        for (long ms = 0; ms < onsetMs + PATIENCE_MS && found == null; ms++) {
            arm.step();
            for (final WatchedArm.Finding finding : watcher.findings()) {
                if (finding.elapsedNs() < onsetMs * MS_NS) {
                    isFalse = true;
                } else if (found == null) {
                    found = finding;
                }
            }
        }
        return this;
    }

    /** A tool that stands runs into nothing. */
    private long movingFrom(final long fromMs) {
        final WorkingArm arm = work.arm(seed, gaps, List.of());
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

    /** Whether something was found before there was anything. */
    boolean isFalse() {
        return isFalse;
    }

    /** What was found of the fault; null when nothing was within 10 s. */
    WatchedArm.@Nullable Finding found() {
        return found;
    }

    /** Time from the onset until then, ns. */
    double latencyNs() {
        return found == null ? Double.NaN : found.elapsedNs() - onsetMs * MS_NS;
    }
}
