package io.tendon.bench.anomaly;

import io.tendon.control.hardware.sim.FaultKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One fault of one seed at an arm at work, and how long it took until an anomaly was found. */
final class FaultTrial {
    /** How long after its onset a fault may still be found. */
    static final long PATIENCE_MS = 10_000;

    private final Work work;
    private final FaultKind kind;
    private final Gaps gaps;
    private final long seed;
    private final double share;
    private long onsetNs;
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
        final PlannedFault planned = PlannedFault.of(work, kind, gaps, seed, share);
        onsetNs = planned.onsetNs();
        final WatchedArm arm = new WatchedArm(work.arm(seed, gaps, List.of(planned.fault())));
        final WatchedArm.Watcher watcher = arm.watch(work.robot(), work.cell().blockMassKg(), true);
        for (long ms = 0; ms < planned.onsetMs() + PATIENCE_MS && found == null; ms++) {
            arm.step();
            for (final WatchedArm.Finding finding : watcher.findings()) {
                if (finding.elapsedNs() < onsetNs) {
                    isFalse = true;
                } else if (found == null) {
                    found = finding;
                }
            }
        }
        return this;
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
        return found == null ? Double.NaN : found.elapsedNs() - onsetNs;
    }
}
