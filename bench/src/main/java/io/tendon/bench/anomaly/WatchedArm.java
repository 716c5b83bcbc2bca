package io.tendon.bench.anomaly;

import io.tendon.control.anomaly.AnomalyDetector;
import io.tendon.control.anomaly.AnomalyKind;
import io.tendon.control.anomaly.DetectorSettings;
import io.tendon.control.hardware.JointCommand;
import io.tendon.robot.RobotModel;
import java.util.ArrayList;
import java.util.List;

/** An arm at work and a detector that gets the samples that are not lost, with the commands that came with them. */
final class WatchedArm {
    private final WorkingArm arm;
    private final List<Watcher> watchers = new ArrayList<>();
    private final JointCommand told;
    private double score;

    WatchedArm(final WorkingArm arm) {
        this.arm = arm;
        told = new JointCommand(arm.frame().positions().length);
    }

    /** Another detector for it; {@code believed} is the robot that it takes it for. */
    Watcher watch(final RobotModel believed, final double maxPayloadKg, final boolean isGapAware) {
        final Watcher watcher = new Watcher(believed, maxPayloadKg, isGapAware);
        watchers.add(watcher);
        return watcher;
    }

    /** Goes on by 1 ms. */
    void step() {
        arm.step();
        final boolean isSeen = arm.isMeasured() && !arm.isDropped();
        if (isSeen) {
            for (final Watcher watcher : watchers) {
                score = watcher.detector.update(arm.frame(), told);
            }
        }
        arm.drive();
        if (isSeen) {
            final int joints = told.positions().length;
            System.arraycopy(arm.command().positions(), 0, told.positions(), 0, joints);
            System.arraycopy(arm.command().velocities(), 0, told.velocities(), 0, joints);
        }
    }

    /** Of the last sample, by the detector that was added last. */
    double score() {
        return score;
    }

    /** What one detector has said. */
    final class Watcher {
        private final AnomalyDetector detector;
        private final List<Finding> findings = new ArrayList<>();

        private Watcher(final RobotModel believed, final double maxPayloadKg, final boolean isGapAware) {
            detector = new AnomalyDetector(
                    believed,
                    new DetectorSettings(WorkingArm.PERIOD_NS, maxPayloadKg, 1, isGapAware),
                    (kind, joint, residual, allowed) -> findings.add(new Finding(kind, joint, arm.elapsedNs())));
        }

        /** Oldest first. */
        List<Finding> findings() {
            return findings;
        }
    }

    /**
     * An anomaly.
     *
     * @param kind of it.
     * @param joint from 0, or -1.
     * @param elapsedNs since the arm was powered, ns.
     */
    record Finding(AnomalyKind kind, int joint, long elapsedNs) {}
}
