package io.tendon.fusion;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.schemas.JointStateEncoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;

/**
 * Stands in for control on a real bus: publishes joint states of an arm that is where its set-points say, with fingers that
 * always find the block.
 */
final class SpokenArm {
    private static final long SLOT_NS = 1_000_000L;
    private static final double BLOCK_M = 0.04;
    private static final double FINGER_M_PER_SAMPLE = 2e-4;

    final double[] positions;
    SafetyState safetyState = SafetyState.RUNNING;
    double wantedWidthM = 0.07;
    private final MessagePublisher publisher;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final JointStateEncoder encoder = new JointStateEncoder();
    private double widthM = 0.07;

    SpokenArm(final MessagePublisher publisher, final double[] positions) {
        this.publisher = publisher;
        this.positions = positions.clone();
    }

    /** Says the ten joint states of a window of 10 ms; of those whose bit is not set it only uses the sequence number up. */
    void sayWindow(final long startNs, final int arriving) {
        for (int slot = 0; slot < 10; slot++) {
            say(startNs + slot * SLOT_NS + SLOT_NS / 5, (arriving >> slot & 1) == 0);
        }
    }

    /** Says one joint state, or uses its sequence number up without saying it. */
    void say(final long captureTimeNs, final boolean isLost) {
        say(captureTimeNs, isLost, 0);
    }

    /** The same with a reserved value in the frame's header, as a replay writes it. */
    void say(final long captureTimeNs, final boolean isLost, final long reservedValue) {
        moveFingers();
        if (!publisher.claim(MessageLengths.jointState(positions.length, 0)).isAccepted()) {
            throw new AssertionError("refused");
        }
        if (isLost) {
            publisher.abort();
            return;
        }
        encoder.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), header);
        encoder.stamp()
                .sequence(publisher.sequence())
                .captureTimeNs(captureTimeNs)
                .source(NodeId.CONTROL);
        encoder.cycle(publisher.sequence())
                .previousScheduledTimeNs(captureTimeNs)
                .previousWokenTimeNs(captureTimeNs)
                .previousFinishedTimeNs(captureTimeNs)
                .missedCycles(0)
                .setpointSequence(-1)
                .setpointAgeNs(-1);
        encoder.wristForceN().x(1).y(2).z(3);
        encoder.wristTorqueNm().x(0).y(0).z(0);
        encoder.imuAngularVelocityRadPerS().x(0).y(0).z(0);
        encoder.imuAccelerationMPerS2().x(0).y(0).z(9.81);
        encoder.gripperWidthM(widthM)
                .gripperForceN(isPressing() ? 30 : 0)
                .gripperCommandWidthM(wantedWidthM)
                .successRate(1)
                .safetyState(safetyState);
        encoder.inputsCount(0);
        final JointStateEncoder.JointsEncoder joints = encoder.jointsCount(positions.length);
        for (final double position : positions) {
            joints.next()
                    .position(position)
                    .velocity(0)
                    .effort(0.5)
                    .commandPosition(position)
                    .commandVelocity(0)
                    .temperatureCelsius(30);
        }
        publisher.reservedValue(reservedValue);
        publisher.commit();
        publisher.doWork();
    }

    private boolean isPressing() {
        return widthM == BLOCK_M && wantedWidthM < BLOCK_M;
    }

    private void moveFingers() {
        final double way = Math.max(-FINGER_M_PER_SAMPLE, Math.min(FINGER_M_PER_SAMPLE, wantedWidthM - widthM));
        widthM = Math.max(BLOCK_M, widthM + way);
    }
}
