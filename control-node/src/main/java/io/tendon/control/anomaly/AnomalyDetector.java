package io.tendon.control.anomaly;

import io.tendon.bus.RealTime;
import io.tendon.control.hardware.JointCommand;
import io.tendon.control.hardware.SensorFrame;
import io.tendon.robot.RobotModel;

/**
 * Judges one sample after the other. Residuals and what is allowed of each:
 *
 * <ul>
 *   <li>{@link AnomalyKind#EXTERNAL_EFFORT}: {@link EffortObserver}; allowed are a share of the joint's greatest effort, five
 *       times the estimate's standard deviation, what a joint may stick with, and four times what the estimate has been lately
 *       (an arm that its URDF describes badly has more).
 *   <li>{@link AnomalyKind#TRACKING}: {@link TrackingCheck}.
 *   <li>{@link AnomalyKind#ENCODER}: {@link EncoderCheck}.
 *   <li>{@link AnomalyKind#WRIST_FORCE}: {@link WristCheck}.
 *   <li>{@link AnomalyKind#SENSOR_FREEZE}: {@link FreezeCheck}.
 * </ul>
 *
 * <p>Allocates nothing after construction. Owner: one thread; in control, the loop's.
 */
@RealTime
public final class AnomalyDetector {
    private static final double NANO = 1e-9;
    private static final int NO_JOINT = -1;

    /** Largest score, of what is no number, too. */
    private static final double MOST_TIMES = 1_000;

    /** A sample that is older than the newest by more than this was not overtaken: the clock was set back. */
    private static final long LONGEST_OVERTAKING_NS = 1_000_000_000L;

    private final DetectorSettings settings;
    private final AnomalyListener listener;
    private final ArmModel model;
    private final JointWatch[] joints;
    private final WristCheck wrist;
    private final FreezeCheck freeze;
    private final Alarm wristAlarm = new Alarm();
    private final Alarm freezeAlarm = new Alarm();
    private final JointWatch.Judge judge = this::judge;
    private boolean hasSample;
    private long captureTimeNs;
    private double dtS;
    private double score = Double.NaN;

    /**
     * A detector that has seen nothing.
     *
     * @param robot whose samples it is given.
     * @param settings of it.
     * @param listener hears of what it finds.
     */
    public AnomalyDetector(final RobotModel robot, final DetectorSettings settings, final AnomalyListener listener) {
        this.settings = settings;
        this.listener = listener;
        model = new ArmModel(robot);
        joints = new JointWatch[robot.jointCount()];
        for (int i = 0; i < joints.length; i++) {
            joints[i] = new JointWatch(i, robot.joint(i), settings.periodNs() * NANO);
        }
        wrist = new WristCheck(settings.maxPayloadKg());
        freeze = new FreezeCheck(joints.length);
    }

    /** Begins anew with the next sample, as after the arm was without power. What was learnt stays. */
    public void restart() {
        hasSample = false;
    }

    /**
     * Judges a sample.
     *
     * @param frame what was measured; one that is no newer than the one before is passed over, and one that is older by more
     *     than {@value #LONGEST_OVERTAKING_NS} ns begins anew. Positions and velocities must be finite; of anything else a value
     *     that is not counts as too large in its own sample, and is forgotten with it.
     * @param command what the arm had been told when that was measured.
     * @return the score: the largest residual as a multiple of what is allowed, 0 to {@value #MOST_TIMES}; NaN of the first
     *     sample; the score before of a sample that is passed over.
     */
    public float update(final SensorFrame frame, final JointCommand command) {
        final long passedNs = frame.captureTimeNs() - captureTimeNs;
        if (!hasSample || passedNs < -LONGEST_OVERTAKING_NS) {
            begin(frame);
            return Float.NaN;
        }
        if (passedNs > 0) {
            captureTimeNs = frame.captureTimeNs();
            judge(frame, command, settings.isGapAware() ? passedNs : settings.periodNs());
        }
        return (float) score;
    }

    private void begin(final SensorFrame frame) {
        hasSample = true;
        captureTimeNs = frame.captureTimeNs();
        score = Double.NaN;
        for (final JointWatch joint : joints) {
            joint.restart(frame);
        }
        freeze.restart(frame);
        wristAlarm.restart();
        freezeAlarm.restart();
    }

    private void judge(final SensorFrame frame, final JointCommand command, final long passedNs) {
        final long periodNs = settings.periodNs();
        final double unseenS = 2 * passedNs < 3 * periodNs ? 0 : (passedNs - periodNs) * NANO;
        dtS = passedNs * NANO;
        score = 0;
        model.update(frame);
        wrist.update(model.wristForceInBaseN(), length(frame.specificForceMPerS2()), frame.gripperForceN());
        model.carry(wrist.carriedKg());
        for (final JointWatch joint : joints) {
            joint.update(frame, command, model, dtS - unseenS, unseenS, judge);
        }
        judge(wristAlarm, AnomalyKind.WRIST_FORCE, NO_JOINT, wrist.forceN(), wrist.allowedN());
        freeze.update(frame);
        judge(freezeAlarm, AnomalyKind.SENSOR_FREEZE, NO_JOINT, freeze.run(), freeze.allowed());
    }

    private void judge(
            final Alarm alarm, final AnomalyKind kind, final int joint, final double residual, final double allowed) {
        final double wide = settings.margin() * allowed;
        final double times = Double.isNaN(residual) ? MOST_TIMES : Math.min(MOST_TIMES, Math.abs(residual) / wide);
        score = Math.max(score, times);
        alarm.update(times, dtS);
        if (alarm.isToBeTold() && listener.onAnomaly(kind, joint, residual, wide)) {
            alarm.told();
        }
    }

    private static double length(final double[] v) {
        return Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    }
}
