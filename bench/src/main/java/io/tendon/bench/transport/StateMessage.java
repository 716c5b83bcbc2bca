package io.tendon.bench.transport;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.schemas.JointStateEncoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The message that everything is measured with: the account of one cycle of a six-joint arm. One owner thread. */
public final class StateMessage {
    /** Its joints. */
    public static final int JOINTS = 6;

    /** Its length in bytes, header included. */
    public static final int LENGTH_BYTES = MessageLengths.jointState(JOINTS, 1);

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final JointStateEncoder encoder = new JointStateEncoder();

    /** Nothing is encoded yet. */
    public StateMessage() {}

    /** One that is encoded, in a buffer of its own. */
    public static UnsafeBuffer encoded() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH_BYTES]);
        new StateMessage().encode(buffer, 0);
        return buffer;
    }

    /**
     * Encodes every field.
     *
     * @param buffer to encode into.
     * @param offset at which the header begins.
     * @return bytes encoded: {@link #LENGTH_BYTES}.
     */
    public int encode(final MutableDirectBuffer buffer, final int offset) {
        encoder.wrapAndApplyHeader(buffer, offset, header);
        encoder.stamp().sequence(1).captureTimeNs(2).source(NodeId.CONTROL);
        encoder.cycle(3).previousScheduledTimeNs(4).previousWokenTimeNs(5).previousFinishedTimeNs(6);
        encoder.missedCycles(7).setpointSequence(8).setpointAgeNs(9);
        encoder.wristForceN().x(1).y(2).z(3);
        encoder.wristTorqueNm().x(1).y(2).z(3);
        encoder.imuAngularVelocityRadPerS().x(1).y(2).z(3);
        encoder.imuAccelerationMPerS2().x(1).y(2).z(3);
        encoder.gripperWidthM(0.1).gripperForceN(2).gripperCommandWidthM(0.1);
        encoder.successRate(1).safetyState(SafetyState.RUNNING).limitedJoints(0).anomalyScore(0.5f);
        encoder.inputsCount(1).next().streamId(1).sessionId(2).fromPosition(3).toPosition(4);
        final JointStateEncoder.JointsEncoder joints = encoder.jointsCount(JOINTS);
        for (int i = 0; i < JOINTS; i++) {
            joints.next().position(i).velocity(i).effort(i);
            joints.commandPosition(i).commandVelocity(i).temperatureCelsius(i);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }
}
