package io.tendon.bench;

import io.tendon.schemas.JointStateDecoder;
import io.tendon.schemas.JointStateEncoder;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One joint state of six joints: encoded, decoded, and copied as bytes, which is the floor of both. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens=java.base/java.util.zip=ALL-UNNAMED"
        })
public class CodecBenchmark {
    private static final int JOINTS = 6;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
    private final UnsafeBuffer copy = new UnsafeBuffer(new byte[1024]);
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final JointStateEncoder encoder = new JointStateEncoder();
    private final JointStateDecoder decoder = new JointStateDecoder();
    private int lengthBytes;

    /** Called by JMH. */
    public CodecBenchmark() {}

    /** There is something to decode. */
    @Setup
    public void prepare() {
        lengthBytes = encode();
    }

    /** Every field of a joint state. */
    @Benchmark
    public int encode() {
        encoder.wrapAndApplyHeader(buffer, 0, headerEncoder);
        encoder.stamp().sequence(1).captureTimeNs(2).source(NodeId.CONTROL);
        encoder.cycle(3).previousScheduledTimeNs(4).previousWokenTimeNs(5).previousFinishedTimeNs(6);
        encoder.missedCycles(7).setpointSequence(8).setpointAgeNs(9);
        encoder.wristForceN().x(1).y(2).z(3);
        encoder.wristTorqueNm().x(1).y(2).z(3);
        encoder.imuAngularVelocityRadPerS().x(1).y(2).z(3);
        encoder.imuAccelerationMPerS2().x(1).y(2).z(3);
        encoder.gripperWidthM(0.1).gripperForceN(2).gripperCommandWidthM(0.1);
        encoder.successRate(1).safetyState(SafetyState.RUNNING).limitedJoints(0);
        encoder.inputsCount(1).next().streamId(1).sessionId(2).fromPosition(3).toPosition(4);
        final JointStateEncoder.JointsEncoder joints = encoder.jointsCount(JOINTS);
        for (int i = 0; i < JOINTS; i++) {
            joints.next().position(i).velocity(i).effort(i);
            joints.commandPosition(i).commandVelocity(i).temperatureCelsius(i);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    /** The fields that fusion reads. */
    @Benchmark
    public double decode() {
        decoder.wrapAndApplyHeader(buffer, 0, headerDecoder);
        double sum = decoder.stamp().captureTimeNs() + decoder.wristForceN().x() + decoder.gripperWidthM();
        decoder.inputs().next();
        final JointStateDecoder.JointsDecoder joints = decoder.joints();
        while (joints.hasNext()) {
            joints.next();
            sum += joints.position() + joints.velocity() + joints.effort();
        }
        return sum;
    }

    /** The same bytes, moved. */
    @Benchmark
    public int copy() {
        copy.putBytes(0, buffer, 0, lengthBytes);
        return copy.getInt(lengthBytes - Integer.BYTES);
    }
}
