package io.tendon.bench.store.engine;

import io.tendon.bench.store.source.ArmMessages;
import io.tendon.schemas.JointStateDecoder;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.Vector3Decoder;
import org.agrona.DirectBuffer;

/** A joint state as numbers beside each other: what a table without arrays has as its columns. One owner thread. */
final class JointStateColumns {
    /** Whole numbers, the capture time first. */
    static final int LONGS = 19;

    /** Other numbers, joint by joint behind those of the arm. */
    static final int DOUBLES = 17 + 6 * ArmMessages.JOINTS;

    /** Where the third joint's position stands among them. */
    static final int THIRD_POSITION = 17 + 2 * 6;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final JointStateDecoder decoder = new JointStateDecoder();
    private final long[] longs = new long[LONGS];
    private final double[] doubles = new double[DOUBLES];
    private int filled;

    /** Reads a message at the beginning of a buffer. */
    void read(final DirectBuffer buffer) {
        decoder.wrapAndApplyHeader(buffer, 0, header);
        longs[0] = decoder.stamp().captureTimeNs();
        longs[1] = decoder.stamp().sequence();
        longs[2] = decoder.stamp().source().value();
        longs[3] = decoder.cycle();
        longs[4] = decoder.previousScheduledTimeNs();
        longs[5] = decoder.previousWokenTimeNs();
        longs[6] = decoder.previousFinishedTimeNs();
        longs[7] = decoder.missedCycles();
        longs[8] = decoder.setpointSequence();
        longs[9] = decoder.setpointAgeNs();
        longs[10] = decoder.safetyState().value();
        longs[11] = decoder.limitedJoints();
        longs[12] = decoder.missedLateWakeUp();
        longs[13] = decoder.missedLongCycle();
        longs[14] = decoder.missedHardware();
        longs[15] = decoder.previousHardwareDurationNs();
        filled = 0;
        add(decoder.wristForceN());
        add(decoder.wristTorqueNm());
        add(decoder.imuAngularVelocityRadPerS());
        add(decoder.imuAccelerationMPerS2());
        doubles[filled++] = decoder.gripperWidthM();
        doubles[filled++] = decoder.gripperForceN();
        doubles[filled++] = decoder.gripperCommandWidthM();
        doubles[filled++] = decoder.successRate();
        doubles[filled++] = decoder.anomalyScore();
        for (final JointStateDecoder.InputsDecoder input : decoder.inputs()) {
            longs[16] = (long) input.streamId() << 32 | input.sessionId() & 0xFFFF_FFFFL;
            longs[17] = input.fromPosition();
            longs[18] = input.toPosition();
        }
        for (final JointStateDecoder.JointsDecoder joint : decoder.joints()) {
            doubles[filled++] = joint.position();
            doubles[filled++] = joint.velocity();
            doubles[filled++] = joint.effort();
            doubles[filled++] = joint.commandPosition();
            doubles[filled++] = joint.commandVelocity();
            doubles[filled++] = joint.temperatureCelsius();
        }
    }

    /** The third joint's position of a message at the beginning of a buffer, and nothing else of it. */
    double thirdPosition(final DirectBuffer buffer) {
        decoder.wrapAndApplyHeader(buffer, 0, header);
        decoder.inputs().forEach(input -> {});
        final JointStateDecoder.JointsDecoder joints = decoder.joints();
        return joints.next().next().next().position();
    }

    long whole(final int index) {
        return longs[index];
    }

    double amount(final int index) {
        return doubles[index];
    }

    private void add(final Vector3Decoder vector) {
        doubles[filled++] = vector.x();
        doubles[filled++] = vector.y();
        doubles[filled++] = vector.z();
    }
}
