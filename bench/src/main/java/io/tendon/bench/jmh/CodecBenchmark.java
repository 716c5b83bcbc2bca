package io.tendon.bench.jmh;

import io.tendon.bench.transport.StateMessage;
import io.tendon.schemas.JointStateDecoder;
import io.tendon.schemas.MessageHeaderDecoder;
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
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
    private final UnsafeBuffer copy = new UnsafeBuffer(new byte[1024]);
    private final StateMessage message = new StateMessage();
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
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
        return message.encode(buffer, 0);
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
