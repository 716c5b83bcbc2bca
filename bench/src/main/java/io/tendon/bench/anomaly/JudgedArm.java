package io.tendon.bench.anomaly;

import io.tendon.fusion.align.Window;
import io.tendon.fusion.align.WindowAligner;
import io.tendon.fusion.align.WindowTiming;
import io.tendon.fusion.estimator.EstimatorNoise;
import io.tendon.fusion.estimator.JointEstimator;
import io.tendon.fusion.inference.GapWatch;
import io.tendon.fusion.inference.Model;
import io.tendon.fusion.inference.ModelFault;
import io.tendon.fusion.inference.ModelFile;
import io.tendon.fusion.inference.WindowFeatures;

/** An arm at work and fusion's model, which gets windows of the samples that are not lost. */
final class JudgedArm {
    private static final int MAX_CATCH_UP_WINDOWS = 20;

    private final WorkingArm arm;
    private final ModelFile file;
    private final Model model;
    private final WindowAligner aligner;
    private final JointEstimator estimator;
    private final WindowFeatures features;
    private final GapWatch gaps;
    private final float[] row;
    private int windows;
    private int above;
    private int aboveUsual;
    private double highest;
    private boolean isAbove;

    /**
     * An arm that begins its work.
     *
     * @param arm that does it.
     * @param file of the model.
     * @param model that judges; not closed with this.
     */
    JudgedArm(final WorkingArm arm, final ModelFile file, final Model model) {
        this.arm = arm;
        this.file = file;
        this.model = model;
        final int joints = arm.frame().positions().length;
        aligner = new WindowAligner(
                new WindowTiming(
                        WorkingArm.WINDOW_NS, WorkingArm.PERIOD_NS, WorkingArm.PERIOD_NS, MAX_CATCH_UP_WINDOWS),
                joints,
                arm.nowNs());
        estimator = new JointEstimator(joints, EstimatorNoise.DEFAULT);
        features = new WindowFeatures(file.fields(), joints, WorkingArm.PERIOD_NS);
        gaps = new GapWatch(file.threshold().gapNs(), file.judgedWindows());
        row = new float[features.elements()];
    }

    /** Goes on by 1 ms. */
    void step() throws ModelFault {
        isAbove = false;
        arm.step();
        final boolean isSeen = arm.isMeasured() && !arm.isDropped();
        arm.drive();
        if (isSeen) {
            aligner.admit(arm.sample());
        }
        while (aligner.isDue(arm.nowNs())) {
            judge(aligner.close());
        }
    }

    private void judge(final Window window) throws ModelFault {
        estimator.update(window);
        final int windowsSinceGap = gaps.update(window);
        if (!gaps.isJudged() || !features.fill(window, estimator, row)) {
            return;
        }
        final double score = model.score(row);
        windows++;
        highest = Math.max(highest, score / file.threshold().of(windowsSinceGap));
        isAbove = score > file.threshold().of(windowsSinceGap);
        above += isAbove ? 1 : 0;
        aboveUsual += score > file.threshold().usual() ? 1 : 0;
    }

    /** Whether the last step closed a window whose score is above the threshold. */
    boolean isAbove() {
        return isAbove;
    }

    /** Time since the arm was powered, ns. */
    long elapsedNs() {
        return arm.elapsedNs();
    }

    /** Windows that were judged. */
    int windows() {
        return windows;
    }

    /** Those whose score was above the threshold. */
    int above() {
        return above;
    }

    /** Those above the threshold of a window without a gap before it. */
    int aboveUsual() {
        return aboveUsual;
    }

    /** Highest score as a share of what was allowed. */
    double highest() {
        return highest;
    }
}
