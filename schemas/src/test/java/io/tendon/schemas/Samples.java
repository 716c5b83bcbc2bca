package io.tendon.schemas;

import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** One of each message, every field of version 0 set to a value of its own. What a version writes is frozen as bytes. */
final class Samples {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /** Encodes one of each. */
    Map<String, byte[]> encodeAll() {
        final Map<String, byte[]> samples = new LinkedHashMap<>();
        samples.put("JointState", jointState());
        samples.put("JointSetpoint", jointSetpoint());
        samples.put("FusedState", fusedState());
        samples.put("Event", event());
        samples.put("OperatorCommand", operatorCommand());
        samples.put("CommandAck", commandAck());
        samples.put("Health", health());
        samples.put("Loss", loss());
        samples.put("SessionDescription", sessionDescription());
        samples.put("RecordingProgress", recordingProgress());
        samples.put("StateEntry", stateEntry());
        samples.put("Embedding", embedding());
        samples.put("Query", query());
        samples.put("Answer", answer());
        samples.put("Inference", inference());
        return samples;
    }

    private byte[] jointState() {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final JointStateEncoder encoder = new JointStateEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.stamp().sequence(11).captureTimeNs(1_700_000_000_000_000_001L).source(NodeId.CONTROL);
        encoder.cycle(12).previousScheduledTimeNs(13).previousWokenTimeNs(14).previousFinishedTimeNs(15);
        encoder.missedCycles(16).setpointSequence(17).setpointAgeNs(18);
        encoder.wristForceN().x(1.5).y(2.5).z(3.5);
        encoder.wristTorqueNm().x(4.5).y(5.5).z(6.5);
        encoder.imuAngularVelocityRadPerS().x(7.5).y(8.5).z(9.5);
        encoder.imuAccelerationMPerS2().x(0.1).y(0.2).z(9.81);
        encoder.gripperWidthM(0.04).gripperForceN(12.0).gripperCommandWidthM(0.03);
        encoder.successRate(0.99f).safetyState(SafetyState.RUNNING);
        encoder.inputsCount(1)
                .next()
                .streamId(1101)
                .sessionId(-5)
                .fromPosition(64)
                .toPosition(352);
        final JointStateEncoder.JointsEncoder joints = encoder.jointsCount(2);
        for (int i = 0; i < 2; i++) {
            joints.next().position(i + 0.1).velocity(i + 0.2).effort(i + 0.3);
            joints.commandPosition(i + 0.4).commandVelocity(i + 0.5).temperatureCelsius(i + 30.5f);
        }
        return bytes(buffer, encoder.encodedLength());
    }

    private byte[] jointSetpoint() {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final JointSetpointEncoder encoder = new JointSetpointEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.stamp().sequence(21).captureTimeNs(22).source(NodeId.FUSION);
        encoder.targetTimeNs(23).gripperWidthM(0.05).gripperMaxForceN(20.0);
        encoder.inputsCount(0);
        encoder.jointsCount(1).next().position(0.1).velocity(0.2).acceleration(0.3);
        return bytes(buffer, encoder.encodedLength());
    }

    private byte[] fusedState() {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final FusedStateEncoder encoder = new FusedStateEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.stamp().sequence(31).captureTimeNs(32).source(NodeId.FUSION);
        encoder.windowStartNs(33).windowEndNs(34).completenessMask(0x3FF).newestSampleAgeNs(35);
        encoder.expectedSamples(10)
                .receivedSamples(9)
                .lateSamples(1)
                .tasksCompleted(2)
                .tasksFailed(3);
        encoder.toolPositionM().x(0.4).y(0.5).z(0.6);
        encoder.toolOrientation().x(0.0).y(1.0).z(0.0).w(0.0);
        encoder.wristForceN().x(1.0).y(2.0).z(3.0);
        encoder.gripperWidthM(0.04).taskStep(TaskStep.LIFT).objectHeld(BooleanType.TRUE);
        encoder.inputsCount(1)
                .next()
                .streamId(1001)
                .sessionId(7)
                .fromPosition(0)
                .toPosition(5760);
        encoder.jointsCount(1).next().position(0.1).velocity(0.2).effort(0.3);
        return bytes(buffer, encoder.encodedLength());
    }

    private byte[] event() {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final EventEncoder encoder = new EventEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.stamp().sequence(41).captureTimeNs(42).source(NodeId.CONTROL);
        encoder.amount(0.5).code(2).kind(EventKind.LIMIT_HIT).severity(Severity.WARNING);
        encoder.inputsCount(0);
        encoder.text("elbow: velocity limit");
        return bytes(buffer, encoder.encodedLength());
    }

    private byte[] stateEntry() {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final StateEntryEncoder encoder = new StateEntryEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.stamp().sequence(71).captureTimeNs(72).source(NodeId.OPERATOR);
        encoder.removed(BooleanType.FALSE).inputsCount(0);
        encoder.key("calibration/wrist").content("{\"offset_n\":0.25}");
        return bytes(buffer, encoder.encodedLength());
    }

    private byte[] embedding() {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final EmbeddingEncoder encoder = new EmbeddingEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.stamp().sequence(81).captureTimeNs(82).source(NodeId.FUSION);
        encoder.fromTimeNs(80).toTimeNs(81).kind(EmbeddingKind.WINDOW).inputsCount(0);
        encoder.elementsCount(2).next().amount(0.6f).next().amount(0.8f);
        encoder.label("lift").model("window-8");
        return bytes(buffer, encoder.encodedLength());
    }

    private byte[] query() {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final QueryEncoder encoder = new QueryEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.stamp().sequence(91).captureTimeNs(92).source(NodeId.OPERATOR);
        encoder.queryId(93)
                .timeoutNs(94)
                .answerSessionId(95)
                .kind(QueryKind.SQL)
                .inputsCount(0);
        encoder.text("SELECT 1");
        return bytes(buffer, encoder.encodedLength());
    }

    private byte[] inference() {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final InferenceEncoder encoder = new InferenceEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.stamp().sequence(111).captureTimeNs(112).source(NodeId.FUSION);
        encoder.windowStartNs(113).windowEndNs(114).score(0.5).threshold(0.25);
        encoder.latencyNs(115).skippedWindows(116).inputsCount(0);
        encoder.model("tendon6-windows");
        return bytes(buffer, encoder.encodedLength());
    }

    private byte[] answer() {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final AnswerEncoder encoder = new AnswerEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.stamp().sequence(101).captureTimeNs(102).source(NodeId.PERSISTENCE);
        encoder.queryId(93).status(AnswerStatus.DONE).inputsCount(0);
        encoder.putContent(new byte[] {'[', '1', ']'}, 0, 3);
        return bytes(buffer, encoder.encodedLength());
    }

    private byte[] operatorCommand() {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final OperatorCommandEncoder encoder = new OperatorCommandEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.stamp().sequence(51).captureTimeNs(52).source(NodeId.OPERATOR);
        encoder.commandId(53).amount(0.1).speedFraction(0.2).joint(3).kind(CommandKind.JOG);
        encoder.inputsCount(0);
        return bytes(buffer, encoder.encodedLength());
    }

    private byte[] commandAck() {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final CommandAckEncoder encoder = new CommandAckEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.stamp().sequence(61).captureTimeNs(62).source(NodeId.CONTROL);
        encoder.commandId(53).accepted(BooleanType.FALSE).safetyState(SafetyState.RUNNING);
        encoder.inputsCount(0);
        encoder.reason("jog: state RUNNING: must be HOLDING; hold first");
        return bytes(buffer, encoder.encodedLength());
    }

    private byte[] health() {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final HealthEncoder encoder = new HealthEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.stamp().sequence(71).captureTimeNs(72).source(NodeId.PERSISTENCE);
        encoder.pid(73).uptimeNs(74).processCpuTimeNs(75).heapUsedBytes(76).residentBytes(77);
        encoder.cyclesScheduled(78).cyclesExecuted(79).cyclesMissed(80);
        encoder.latenessP50Ns(81)
                .latenessP99Ns(82)
                .latenessP999Ns(83)
                .latenessMaxNs(84)
                .errors(85);
        encoder.inputsCount(0);
        return bytes(buffer, encoder.encodedLength());
    }

    private byte[] loss() {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final LossEncoder encoder = new LossEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.stamp().sequence(91).captureTimeNs(92).source(NodeId.FUSION);
        encoder.firstSequence(93).lastSequence(94).lossStreamId(1001).lossSessionId(95);
        encoder.reason(LossReason.SEQUENCE_GAP);
        encoder.inputsCount(0);
        return bytes(buffer, encoder.encodedLength());
    }

    private byte[] sessionDescription() {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final SessionDescriptionEncoder encoder = new SessionDescriptionEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.stamp().sequence(101).captureTimeNs(102).source(NodeId.CONTROL);
        encoder.cyclePeriodNs(1_000_000).gripperMaxWidthM(0.085);
        encoder.inputsCount(0);
        final SessionDescriptionEncoder.JointsEncoder joint =
                encoder.jointsCount(1).next();
        joint.lowerPosition(-1.0)
                .upperPosition(1.0)
                .maxVelocity(2.0)
                .maxAcceleration(3.0)
                .maxEffort(4.0);
        joint.kind(JointKind.REVOLUTE).name("schulter-\u00fc");
        encoder.robotName("tendon6")
                .sessionName("20260101-000000-0000")
                .build("0.1.0")
                .hardware("sim");
        return bytes(buffer, encoder.encodedLength());
    }

    private byte[] recordingProgress() {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final RecordingProgressEncoder encoder = new RecordingProgressEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.stamp().sequence(111).captureTimeNs(112).source(NodeId.PERSISTENCE);
        encoder.inputsCount(0);
        final RecordingProgressEncoder.RecordingsEncoder recording =
                encoder.recordingsCount(1).next();
        recording.recordingId(3).publishedPosition(400).recordedPosition(300).durablePosition(200);
        recording.streamId(1001).sessionId(5);
        return bytes(buffer, encoder.encodedLength());
    }

    private static byte[] bytes(final MutableDirectBuffer buffer, final int blockAndGroupsLength) {
        final byte[] bytes = new byte[MessageSchema.HEADER_LENGTH + blockAndGroupsLength];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
