package io.tendon.control.link;

import io.tendon.bus.RealTime;
import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.cycle.MissCause;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.control.controller.Setpoint;
import io.tendon.control.hardware.JointCommand;
import io.tendon.control.hardware.SensorFrame;
import io.tendon.control.safety.SafetyState;
import io.tendon.schemas.JointStateEncoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.Vector3Encoder;
import org.jspecify.annotations.Nullable;

/** Encodes each cycle's joint state straight into the log of control.state. Owner: the control loop's thread. */
@RealTime
public final class StatePublisher {
    private static final long NONE = -1;

    private final MessagePublisher publisher;
    private final AnomalyCounters anomalies;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final JointStateEncoder encoder = new JointStateEncoder();

    /**
     * Publishes through the given publisher.
     *
     * @param publisher of control.state.
     * @param anomalies that show the score.
     */
    StatePublisher(final MessagePublisher publisher, final AnomalyCounters anomalies) {
        this.publisher = publisher;
        this.anomalies = anomalies;
    }

    /**
     * Publishes one cycle. A refusal is counted by the publisher; its sequence number is used up.
     *
     * @param frame what was measured.
     * @param command what the hardware was told.
     * @param timing of this cycle and the one before.
     * @param safetyState in which the command was made.
     * @param setpoint that the command was made from, null when none was used.
     * @param limitedJoints bit i is set when a limit changed joint i.
     * @param successRate of the last 100 scheduled cycles, 0 to 1.
     * @param anomalyScore largest residual of this cycle as a multiple of what is allowed, from 0; 1 is an anomaly; NaN
     *     when nothing was judged.
     */
    public void publish(
            final SensorFrame frame,
            final JointCommand command,
            final CycleTiming timing,
            final SafetyState safetyState,
            final @Nullable Setpoint setpoint,
            final int limitedJoints,
            final float successRate,
            final float anomalyScore) {
        anomalies.score(anomalyScore, frame.captureTimeNs());
        final int inputs = setpoint == null ? 0 : 1;
        final int joints = frame.positions().length;
        if (!publisher.claim(MessageLengths.jointState(joints, inputs)).isAccepted()) {
            return;
        }
        encoder.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), header);
        encoder.stamp()
                .sequence(publisher.sequence())
                .captureTimeNs(frame.captureTimeNs())
                .source(NodeId.CONTROL);
        encoder.cycle(timing.cycle())
                .previousScheduledTimeNs(timing.previousScheduledTimeNs())
                .previousWokenTimeNs(timing.previousWokenTimeNs())
                .previousFinishedTimeNs(timing.previousFinishedTimeNs())
                .missedCycles(timing.missedCycles())
                .setpointSequence(setpoint == null ? NONE : setpoint.sequence())
                .setpointAgeNs(setpoint == null ? NONE : frame.captureTimeNs() - setpoint.captureTimeNs());
        put(encoder.wristForceN(), frame.wristForceN());
        put(encoder.wristTorqueNm(), frame.wristTorqueNm());
        put(encoder.imuAngularVelocityRadPerS(), frame.angularVelocityRadPerS());
        put(encoder.imuAccelerationMPerS2(), frame.specificForceMPerS2());
        encoder.gripperWidthM(frame.gripperWidthM())
                .gripperForceN(frame.gripperForceN())
                .gripperCommandWidthM(command.gripperWidthM())
                .successRate(successRate)
                .safetyState(SchemaTerms.of(safetyState))
                .limitedJoints(limitedJoints)
                .missedLateWakeUp(timing.missedCycles(MissCause.LATE_WAKE_UP))
                .missedLongCycle(timing.missedCycles(MissCause.LONG_CYCLE))
                .missedHardware(timing.missedCycles(MissCause.HARDWARE))
                .previousHardwareDurationNs(timing.previousHardwareDurationNs())
                .anomalyScore(anomalyScore);
        putInputs(setpoint);
        putJoints(frame, command);
        publisher.commitCountedLater();
    }

    private void putInputs(final @Nullable Setpoint setpoint) {
        if (setpoint == null) {
            encoder.inputsCount(0);
        } else {
            encoder.inputsCount(1)
                    .next()
                    .streamId(StreamCatalog.FUSION_SETPOINT.streamId())
                    .sessionId(setpoint.sessionId())
                    .fromPosition(setpoint.fromPosition())
                    .toPosition(setpoint.toPosition());
        }
    }

    private void putJoints(final SensorFrame frame, final JointCommand command) {
        final int count = frame.positions().length;
        final JointStateEncoder.JointsEncoder joints = encoder.jointsCount(count);
        for (int i = 0; i < count; i++) {
            joints.next()
                    .position(frame.positions()[i])
                    .velocity(frame.velocities()[i])
                    .effort(frame.efforts()[i])
                    .commandPosition(command.positions()[i])
                    .commandVelocity(command.velocities()[i])
                    .temperatureCelsius((float) frame.temperaturesCelsius()[i]);
        }
    }

    private static void put(final Vector3Encoder vector, final double[] xyz) {
        vector.x(xyz[0]).y(xyz[1]).z(xyz[2]);
    }
}
