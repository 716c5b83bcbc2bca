package io.tendon.fusion.link;

import io.tendon.bus.RealTime;
import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.fusion.align.Window;
import io.tendon.fusion.task.ArmSetpoint;
import io.tendon.schemas.JointSetpointEncoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;

/** Encodes set-points onto fusion.setpoint, one a window. Fusion's thread. */
@RealTime
public final class SetpointPublisher {
    private final MessagePublisher publisher;
    private final NodeId source;
    private final int inputStreamId;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final JointSetpointEncoder encoder = new JointSetpointEncoder();

    /**
     * A publisher.
     *
     * @param publisher of fusion.setpoint.
     */
    public SetpointPublisher(final MessagePublisher publisher) {
        this(publisher, NodeId.FUSION, StreamCatalog.CONTROL_STATE);
    }

    /**
     * A publisher for another node than fusion.
     *
     * @param publisher of fusion.setpoint, or of its shadow.
     * @param source that writes.
     * @param input stream of the samples.
     */
    public SetpointPublisher(final MessagePublisher publisher, final NodeId source, final StreamDescriptor input) {
        this.publisher = publisher;
        this.source = source;
        this.inputStreamId = input.streamId();
    }

    /**
     * Publishes a set-point.
     *
     * @param setpoint where the arm should be.
     * @param window from which it was decided.
     * @param nowNs when, ns since the epoch.
     * @return false when the offer was refused; the publisher has counted it.
     */
    public boolean publish(final ArmSetpoint setpoint, final Window window, final long nowNs) {
        final int inputs = window.receivedSamples() > 0 ? 1 : 0;
        final int joints = setpoint.positions.length;
        if (!publisher.claim(MessageLengths.jointSetpoint(joints, inputs)).isAccepted()) {
            return false;
        }
        encoder.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), header);
        encoder.stamp().sequence(publisher.sequence()).captureTimeNs(nowNs).source(source);
        encoder.targetTimeNs(setpoint.targetTimeNs)
                .gripperWidthM(setpoint.gripperWidthM)
                .gripperMaxForceN(setpoint.gripperMaxForceN);
        final JointSetpointEncoder.InputsEncoder input = encoder.inputsCount(inputs);
        if (inputs > 0) {
            input.next()
                    .streamId(inputStreamId)
                    .sessionId(window.sessionId())
                    .fromPosition(window.fromPosition())
                    .toPosition(window.toPosition());
        }
        final JointSetpointEncoder.JointsEncoder joint = encoder.jointsCount(joints);
        for (int i = 0; i < joints; i++) {
            joint.next()
                    .position(setpoint.positions[i])
                    .velocity(setpoint.velocities[i])
                    .acceleration(setpoint.accelerations[i]);
        }
        publisher.commit();
        return true;
    }
}
