package io.tendon.fusion;

import io.tendon.fusion.align.ArmSample;
import io.tendon.fusion.align.Window;
import io.tendon.fusion.align.WindowAligner;
import io.tendon.fusion.estimator.EstimatorNoise;
import io.tendon.fusion.estimator.JointEstimator;
import io.tendon.fusion.task.ArmSetpoint;
import io.tendon.fusion.task.CellPlan;
import io.tendon.fusion.task.MotionLimits;
import io.tendon.fusion.task.PickAndPlace;
import io.tendon.fusion.task.TaskListener;
import io.tendon.fusion.task.TaskStep;
import io.tendon.robot.ForwardKinematics;
import io.tendon.robot.RobotModel;

/**
 * Goes through some windows of work with a made-up arm before the first real one, so that classes are loaded and hot code
 * is compiled by then. Touches neither the bus nor what the node will use. Main thread, start-up only.
 */
final class Rehearsal {
    private static final int WINDOWS = 1_500;
    private static final double FINGER_SHARE_PER_WINDOW = 0.05;

    private final FusionConfig config;
    private final WindowAligner aligner;
    private final JointEstimator estimator;
    private final ForwardKinematics forward;
    private final PickAndPlace task;
    private final ArmSetpoint setpoint;
    private final ArmSample sample;
    private final double blockSizeM;
    private final double openWidthM;

    Rehearsal(final FusionConfig config, final RobotModel robot, final CellPlan plan) {
        this.config = config;
        aligner = new WindowAligner(config.windowTiming(), robot.jointCount(), 0);
        estimator = new JointEstimator(robot.jointCount(), EstimatorNoise.DEFAULT);
        forward = new ForwardKinematics(robot.chain());
        task = new PickAndPlace(
                plan, MotionLimits.of(robot, config.speedFraction()), config.taskSettings(), new Unheard());
        setpoint = new ArmSetpoint(robot.jointCount());
        sample = new ArmSample(robot.jointCount());
        sample.followsSetpoints = true;
        blockSizeM = plan.grip().blockSizeM();
        openWidthM = plan.grip().openWidthM();
        sample.gripperWidthM = openWidthM;
        System.arraycopy(robot.homePositions(), 0, sample.positions, 0, robot.jointCount());
        System.arraycopy(robot.homePositions(), 0, sample.commandPositions, 0, robot.jointCount());
    }

    /** Returns how many picks and places were rehearsed. */
    int run() {
        for (long window = 0; window < WINDOWS; window++) {
            for (int slot = 0; slot < config.windowTiming().slots(); slot++) {
                sample.sequence++;
                sample.captureTimeNs = window * config.windowNs() + slot * config.samplePeriodNs();
                aligner.admit(sample);
            }
            final long nowNs = (window + 1) * config.windowNs() + config.graceNs();
            aligner.skipTo(nowNs);
            while (aligner.isDue(nowNs)) {
                decide(aligner.close());
            }
        }
        return task.completed();
    }

    private void decide(final Window window) {
        estimator.update(window);
        forward.update(estimator.positions());
        if (task.onWindow(window.endNs(), window.newest(), setpoint)) {
            System.arraycopy(setpoint.positions, 0, sample.positions, 0, setpoint.positions.length);
            System.arraycopy(setpoint.positions, 0, sample.commandPositions, 0, setpoint.positions.length);
            moveFingers();
        }
    }

    /** Fingers that find a block wherever they close. */
    private void moveFingers() {
        final double most = FINGER_SHARE_PER_WINDOW * openWidthM;
        final double way = Math.max(-most, Math.min(most, setpoint.gripperWidthM - sample.gripperWidthM));
        sample.gripperWidthM = Math.max(blockSizeM, sample.gripperWidthM + way);
        final boolean isPressing = sample.gripperWidthM == blockSizeM && setpoint.gripperWidthM < blockSizeM;
        sample.gripperForceN = isPressing ? setpoint.gripperMaxForceN : 0;
    }

    private static final class Unheard implements TaskListener {
        @Override
        public void onStepChanged(final TaskStep from, final TaskStep to) {}

        @Override
        public void onCompleted(final int completed, final double durationS) {}

        @Override
        public void onFailed(final int failed, final String reason) {}
    }
}
