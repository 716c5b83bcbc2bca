package io.tendon.control.anomaly;

import io.tendon.control.hardware.JointCommand;
import io.tendon.control.hardware.SensorFrame;
import io.tendon.robot.RobotModel;

/**
 * Has a detector judge a made-up arm before the first real cycle, so that by then classes are loaded and hot code is compiled: an
 * arm that swings, with gaps, and now and then a fault. Touches nothing that the loop will use. Main thread, start-up only.
 */
public final class DetectorRehearsal {
    private static final int SAMPLES = 12_000;
    private static final int GAP_EVERY = 97;
    private static final int FAULT_EVERY = 2_000;
    private static final int FAULT_SAMPLES = 50;

    private final AnomalyDetector detector;
    private final SensorFrame frame;
    private final JointCommand command;
    private final double[] home;
    private final long periodNs;
    private int told;

    /**
     * A rehearsal.
     *
     * @param robot that will be watched.
     * @param settings with which.
     */
    public DetectorRehearsal(final RobotModel robot, final DetectorSettings settings) {
        detector = new AnomalyDetector(robot, settings, (kind, joint, residual, allowed) -> ++told > 0);
        frame = new SensorFrame(robot.jointCount());
        command = new JointCommand(robot.jointCount());
        home = robot.homePositions();
        periodNs = settings.periodNs();
    }

    /**
     * Runs it; takes some tenths of a second.
     *
     * @return how many anomalies were found.
     */
    public int run() {
        long timeNs = 0;
        for (int i = 0; i < SAMPLES; i++) {
            timeNs += i % GAP_EVERY == 0 ? 20 * periodNs : periodNs;
            measure(timeNs, i % FAULT_EVERY > FAULT_EVERY - FAULT_SAMPLES);
            detector.update(frame, command);
        }
        return told;
    }

    private void measure(final long timeNs, final boolean isFaulty) {
        final double t = timeNs * 1e-9;
        frame.captureTimeNs(timeNs);
        for (int i = 0; i < home.length; i++) {
            frame.positions()[i] = home[i] + 0.1 * Math.sin(t + i);
            frame.velocities()[i] = 0.1 * Math.cos(t + i);
            frame.efforts()[i] = isFaulty ? 0 : 10 * Math.cos(t);
            command.positions()[i] = frame.positions()[i] + (isFaulty ? 1 : 0);
            command.velocities()[i] = frame.velocities()[i];
        }
        frame.wristForceN()[2] = isFaulty ? 100 : 0;
        frame.specificForceMPerS2()[2] = 10;
        frame.gripper(0.04, t % 2 < 1 ? 0 : 10);
    }
}
