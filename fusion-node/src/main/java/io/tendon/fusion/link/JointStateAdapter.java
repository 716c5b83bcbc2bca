package io.tendon.fusion.link;

import io.tendon.bus.RealTime;
import io.tendon.bus.subscribe.MessageHandler;
import io.tendon.fusion.align.ArmSample;
import io.tendon.fusion.align.SampleListener;
import io.tendon.schemas.JointStateDecoder;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.SafetyState;
import io.tendon.schemas.StampDecoder;
import io.tendon.schemas.Vector3Decoder;
import java.util.function.IntConsumer;
import org.agrona.DirectBuffer;

/**
 * Decodes the joint states of control.state into samples and hands them on. States of an arm with another
 * number of joints are counted and left out: control and fusion were started with different robots. Fusion's thread.
 */
@RealTime
public final class JointStateAdapter implements MessageHandler {
    private final SampleListener listener;
    private final IntConsumer onForeign;
    private final ArmSample sample;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final JointStateDecoder decoder = new JointStateDecoder();
    private long foreign;

    /**
     * An adapter.
     *
     * @param listener takes the samples, on this thread.
     * @param jointCount of fusion's robot.
     * @param onForeign told once of an arm with another number of joints, and of that number.
     */
    public JointStateAdapter(final SampleListener listener, final int jointCount, final IntConsumer onForeign) {
        this.listener = listener;
        this.onForeign = onForeign;
        sample = new ArmSample(jointCount);
    }

    @Override
    public void onMessage(
            final DirectBuffer buffer,
            final int offset,
            final int lengthBytes,
            final int sessionId,
            final long fromPosition,
            final long toPosition) {
        if (MessageSchema.templateId(buffer, offset) != JointStateDecoder.TEMPLATE_ID) {
            return;
        }
        decoder.wrapAndApplyHeader(buffer, offset, header);
        final StampDecoder stamp = decoder.stamp();
        sample.sequence = stamp.sequence();
        sample.captureTimeNs = stamp.captureTimeNs();
        sample.sessionId = sessionId;
        sample.fromPosition = fromPosition;
        sample.toPosition = toPosition;
        sample.gripperWidthM = decoder.gripperWidthM();
        sample.gripperForceN = decoder.gripperForceN();
        sample.gripperCommandWidthM = decoder.gripperCommandWidthM();
        sample.followsSetpoints = followsSetpoints(decoder.safetyState());
        final Vector3Decoder force = decoder.wristForceN();
        sample.wristForceN[0] = force.x();
        sample.wristForceN[1] = force.y();
        sample.wristForceN[2] = force.z();
        skipInputs();
        if (decodeJoints()) {
            listener.onSample(sample);
        }
    }

    /** Joint states left out, because they are of an arm with another number of joints. */
    public long foreign() {
        return foreign;
    }

    /** Groups are read in order; the inputs of a joint state are of no interest here. */
    private void skipInputs() {
        JointStateDecoder.InputsDecoder inputs = decoder.inputs();
        while (inputs.hasNext()) {
            inputs = inputs.next();
        }
    }

    private boolean decodeJoints() {
        JointStateDecoder.JointsDecoder joints = decoder.joints();
        if (joints.count() != sample.jointCount()) {
            if (foreign++ == 0) {
                onForeign.accept(joints.count());
            }
            return false;
        }
        for (int i = 0; i < sample.jointCount(); i++) {
            joints = joints.next();
            sample.positions[i] = joints.position();
            sample.velocities[i] = joints.velocity();
            sample.efforts[i] = joints.effort();
            sample.commandPositions[i] = joints.commandPosition();
            sample.commandVelocities[i] = joints.commandVelocity();
        }
        return true;
    }

    private static boolean followsSetpoints(final SafetyState state) {
        return state == SafetyState.RUNNING || state == SafetyState.EXTRAPOLATING || state == SafetyState.RAMPING;
    }
}
