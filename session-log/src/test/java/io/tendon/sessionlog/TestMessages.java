package io.tendon.sessionlog;

import io.tendon.schemas.EventEncoder;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.JointKind;
import io.tendon.schemas.JointStateEncoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import io.tendon.schemas.SessionDescriptionEncoder;
import io.tendon.schemas.Severity;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Messages as the nodes publish them. */
public final class TestMessages {
    /** Capture time of sequence 0. */
    public static final long START_NS = 1_700_000_000_000_000_000L;

    /** Capture time between one sequence and the next. */
    public static final long PERIOD_NS = 1_000_000L;

    private static final MessageHeaderEncoder HEADER = new MessageHeaderEncoder();

    private TestMessages() {}

    /**
     * An event with the given sequence, captured that many periods after the start. Its frame is as long as no multiple of
     * 32 bytes, so that a wrong length of it can be one that hides in the padding.
     */
    public static UnsafeBuffer event(final long sequence) {
        return event(sequence, START_NS + sequence * PERIOD_NS, "said " + sequence);
    }

    /** An event. */
    public static UnsafeBuffer event(final long sequence, final long captureTimeNs, final String text) {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(4096));
        final EventEncoder encoder = new EventEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        encoder.stamp().sequence(sequence).captureTimeNs(captureTimeNs).source(NodeId.CONTROL);
        encoder.amount(Double.NaN).code(3).kind(EventKind.NODE_STARTED).severity(Severity.INFO);
        encoder.inputsCount(0);
        encoder.text(text);
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    /** A joint state of six joints. */
    public static UnsafeBuffer jointState(final long sequence) {
        return jointState(sequence, 6);
    }

    /** The same of an arm with so many joints. */
    public static UnsafeBuffer jointState(final long sequence, final int jointCount) {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(4096));
        final JointStateEncoder encoder = new JointStateEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        encoder.stamp()
                .sequence(sequence)
                .captureTimeNs(START_NS + sequence * PERIOD_NS)
                .source(NodeId.CONTROL);
        encoder.cycle(sequence).missedCycles(0).setpointSequence(-1).setpointAgeNs(-1);
        encoder.wristForceN().x(0.25).y(Double.NaN).z(Double.POSITIVE_INFINITY);
        encoder.gripperWidthM(0.0437219).successRate(0.99f).safetyState(SafetyState.RUNNING);
        encoder.inputsCount(1)
                .next()
                .streamId(1101)
                .sessionId(-7)
                .fromPosition(64)
                .toPosition(128);
        final JointStateEncoder.JointsEncoder joints = encoder.jointsCount(jointCount);
        for (int i = 0; i < jointCount; i++) {
            joints.next()
                    .position(Math.sin(sequence * 0.001 + i))
                    .velocity(Math.cos(sequence * 0.001 + i))
                    .effort(i * 1.25)
                    .commandPosition(Math.sin(sequence * 0.001 + i))
                    .commandVelocity(Math.cos(sequence * 0.001 + i))
                    .temperatureCelsius(31.5f);
        }
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    /** What control says of the robot. */
    public static UnsafeBuffer sessionDescription(final long sequence, final String robotName) {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(4096));
        final SessionDescriptionEncoder encoder = new SessionDescriptionEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        encoder.stamp()
                .sequence(sequence)
                .captureTimeNs(START_NS + sequence * PERIOD_NS)
                .source(NodeId.CONTROL);
        encoder.cyclePeriodNs(PERIOD_NS).gripperMaxWidthM(0.08).inputsCount(0);
        final SessionDescriptionEncoder.JointsEncoder joints = encoder.jointsCount(2);
        joints.next().kind(JointKind.REVOLUTE).name("shoulder");
        joints.next().kind(JointKind.REVOLUTE).name("elbow");
        encoder.robotName(robotName).sessionName("test").build("0.1").hardware("sim");
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }
}
