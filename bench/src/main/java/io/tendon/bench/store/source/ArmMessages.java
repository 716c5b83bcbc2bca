package io.tendon.bench.store.source;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.schemas.JointStateEncoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import java.util.Random;
import org.agrona.MutableDirectBuffer;

/**
 * The accounts of the cycles of a six-joint arm that moves: every field, each joint on a sine of its own, and in each
 * measured number noise down to its last digit, so that nothing can be packed better than a real arm's. The same sequence
 * gives the same message. One owner thread.
 */
public final class ArmMessages {
    /** Its joints. */
    public static final int JOINTS = 6;

    /** Length of a message in bytes, header included. */
    public static final int LENGTH_BYTES = MessageLengths.jointState(JOINTS, 1);

    /** Time between two messages of a robot, ns. */
    public static final long PERIOD_NS = 1_000_000L;

    /** Capture time of the first message of a history is less than a cycle behind this: a whole day; ns since the epoch. */
    public static final long START_NS = 1_767_225_600_000_000_000L;

    private static final int NOISES = 1 << 14;
    private static final int WAVE_STEPS = 1 << 14;
    private static final long SEED = 11;
    private static final double OPENING_M_PER_MESSAGE = 1e-11;
    private static final long NS_PER_JITTER = 2_000;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final JointStateEncoder encoder = new JointStateEncoder();
    private final double[] noise = new double[NOISES];
    private final double[] wave = new double[WAVE_STEPS];
    private int nextNoise;

    /** Makes the noise. */
    public ArmMessages() {
        final Random random = new Random(SEED);
        for (int i = 0; i < NOISES; i++) {
            noise[i] = random.nextGaussian();
        }
        for (int i = 0; i < WAVE_STEPS; i++) {
            wave[i] = Math.sin(2 * Math.PI * i / WAVE_STEPS);
        }
    }

    /**
     * Encodes a message.
     *
     * @param buffer to encode into.
     * @param offset at which the header begins.
     * @param sequence of the message.
     * @param captureTimeNs when it was measured, ns since the epoch.
     * @return bytes encoded: {@link #LENGTH_BYTES}.
     */
    public int encode(
            final MutableDirectBuffer buffer, final int offset, final long sequence, final long captureTimeNs) {
        nextNoise = (int) (sequence * 31 & NOISES - 1);
        encoder.wrapAndApplyHeader(buffer, offset, header);
        encoder.stamp().sequence(sequence).captureTimeNs(captureTimeNs).source(NodeId.CONTROL);
        encoder.cycle(sequence)
                .previousScheduledTimeNs(captureTimeNs - PERIOD_NS)
                .previousWokenTimeNs(captureTimeNs - PERIOD_NS + 40_000 + (long) (5_000 * noise()))
                .previousFinishedTimeNs(captureTimeNs - PERIOD_NS + 90_000 + (long) (5_000 * noise()))
                .previousHardwareDurationNs(30_000 + (long) (2_000 * noise()))
                .missedCycles(0)
                .missedLateWakeUp(0)
                .missedLongCycle(0)
                .missedHardware(0)
                .setpointSequence(sequence / 10)
                .setpointAgeNs(sequence % 10 * PERIOD_NS + 300_000 + (long) (20_000 * noise()));
        encoder.wristForceN().x(0.2 * noise()).y(0.2 * noise()).z(5 + 0.2 * noise());
        encoder.wristTorqueNm().x(0.01 * noise()).y(0.01 * noise()).z(0.01 * noise());
        encoder.imuAngularVelocityRadPerS()
                .x(0.002 * noise())
                .y(0.002 * noise())
                .z(0.002 * noise());
        encoder.imuAccelerationMPerS2().x(0.03 * noise()).y(0.03 * noise()).z(9.81 + 0.03 * noise());
        // Opens a little all the time, so that no minute passes for another.
        encoder.gripperWidthM(0.04 + OPENING_M_PER_MESSAGE * sequence + 1e-5 * noise())
                .gripperForceN(3 + 0.1 * noise())
                .gripperCommandWidthM(0.04);
        encoder.successRate(1).safetyState(SafetyState.RUNNING).limitedJoints(0).anomalyScore((float)
                (0.3 + 0.02 * noise()));
        encoder.inputsCount(1)
                .next()
                .streamId(1101)
                .sessionId(-7)
                .fromPosition(sequence / 10 * 256)
                .toPosition(sequence / 10 * 256 + 256);
        final JointStateEncoder.JointsEncoder joints = encoder.jointsCount(JOINTS);
        for (int joint = 0; joint < JOINTS; joint++) {
            final double position = wave(sequence * (joint + 2), joint);
            final double velocity = wave(sequence * (joint + 2) + WAVE_STEPS / 4, joint);
            joints.next()
                    .position(position + 1e-5 * noise())
                    .velocity(velocity + 1e-3 * noise())
                    .effort(10 * position + 0.05 * noise())
                    .commandPosition(position)
                    .commandVelocity(velocity)
                    .temperatureCelsius((float) (35 + 0.1 * noise()));
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    /**
     * Encodes a message of a history, at the beginning of a buffer.
     *
     * @param buffer to encode into.
     * @param sequence of the message, from 0: captured so many cycles after {@link #START_NS}, but for its jitter.
     */
    public void encode(final MutableDirectBuffer buffer, final long sequence) {
        encode(buffer, 0, sequence, START_NS + sequence * PERIOD_NS + jitterNs(sequence));
    }

    /** How far a cycle begins from its tick, ns, the same for the same sequence. */
    public long jitterNs(final long sequence) {
        return (long) (NS_PER_JITTER * Math.abs(noise[(int) (sequence * 7 & NOISES - 1)]));
    }

    private double noise() {
        nextNoise = nextNoise + 1 & NOISES - 1;
        return noise[nextNoise];
    }

    private double wave(final long step, final int joint) {
        return wave[(int) (step + joint * 1_000L & WAVE_STEPS - 1)];
    }
}
