package io.tendon.control.anomaly;

import io.tendon.bus.RealTime;
import io.tendon.control.hardware.JointCommand;
import io.tendon.control.hardware.SensorFrame;
import io.tendon.robot.Joint;

/** All that is looked at of one joint. Owner: one thread. */
@RealTime
final class JointWatch {
    /** Share of the greatest effort that nothing needs to account for. */
    private static final double LEAST_EFFORT_SHARE = 0.03;

    private static final double EFFORT_DEVIATIONS = 5;

    private final int joint;
    private final double leastEffort;
    private final EffortObserver effort;
    private final LearntLevel effortLevel = new LearntLevel();
    private final TrackingCheck tracking = new TrackingCheck();
    private final EncoderCheck encoder;
    private final Alarm effortAlarm = new Alarm();
    private final Alarm trackingAlarm = new Alarm();
    private final Alarm encoderAlarm = new Alarm();

    JointWatch(final int joint, final Joint properties, final double periodS) {
        this.joint = joint;
        leastEffort = LEAST_EFFORT_SHARE * properties.limits().maxEffort();
        effort = new EffortObserver(properties);
        encoder = new EncoderCheck(periodS);
    }

    /** Begins anew; what was learnt stays. */
    void restart(final SensorFrame frame) {
        effort.restart(frame.velocities()[joint], frame.efforts()[joint]);
        tracking.restart();
        encoder.restart(frame.positions()[joint], frame.velocities()[joint]);
        effortAlarm.restart();
        trackingAlarm.restart();
        encoderAlarm.restart();
    }

    /**
     * Takes a sample, and hands the residuals to a judge.
     *
     * @param frame what was measured.
     * @param command what the arm had been told.
     * @param model of the arm, where it is.
     * @param seenS time since the sample before in which samples were not missing, s, above 0.
     * @param unseenS the rest of it, s.
     * @param judge of the residuals.
     */
    void update(
            final SensorFrame frame,
            final JointCommand command,
            final ArmModel model,
            final double seenS,
            final double unseenS,
            final Judge judge) {
        final double dtS = seenS + unseenS;
        final double position = frame.positions()[joint];
        final double velocity = frame.velocities()[joint];
        effort.update(
                seenS,
                unseenS,
                model.inertia(joint),
                model.knownEffort(joint),
                model.uncertainEffort(joint),
                velocity,
                frame.efforts()[joint]);
        judge.judge(effortAlarm, AnomalyKind.EXTERNAL_EFFORT, joint, effort.external(), allowedEffort());
        if (!effortAlarm.isOn() && !Double.isNaN(effort.external())) {
            effortLevel.update(Math.min(Math.abs(effort.external()), leastEffort), dtS);
        }
        tracking.update(dtS, unseenS, command.positions()[joint], command.velocities()[joint], position, velocity);
        judge.judge(trackingAlarm, AnomalyKind.TRACKING, joint, tracking.distance(), tracking.allowed());
        encoder.update(dtS, position, velocity);
        judge.judge(encoderAlarm, AnomalyKind.ENCODER, joint, encoder.slip(), encoder.allowed());
    }

    private double allowedEffort() {
        return leastEffort + EFFORT_DEVIATIONS * effort.uncertainty() + effort.stiction() + effortLevel.allowance();
    }

    /** Holds a residual against what is allowed. */
    @FunctionalInterface
    interface Judge {
        /**
         * Judges.
         *
         * @param alarm of it.
         * @param kind of it.
         * @param joint from 0, or -1.
         * @param residual of either sign.
         * @param allowed above 0.
         */
        void judge(Alarm alarm, AnomalyKind kind, int joint, double residual, double allowed);
    }
}
