package io.tendon.store.vector.window;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.JointKind;
import io.tendon.schemas.JointStateEncoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import io.tendon.schemas.SessionDescriptionEncoder;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.TestMessages;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A session of a robot with three joints that hangs about, each second in another posture, and makes one motion twice. Joint
 * states every 10 ms, with seeded noise.
 */
final class RecordedMotion implements AutoCloseable {
    static final long PERIOD_NS = 10_000_000L;
    static final int SECONDS = 40;
    /** When the motion begins, and begins again, s. It takes four. */
    static final int[] MOTION_S = {8, 29};

    private static final int JOINTS = 3;
    private static final int MOTION_SECONDS = 4;
    private static final int PER_S = 100;

    private final RecordedArchive archive;
    private final Random random;

    /** Records below a session's own directory. */
    RecordedMotion(final Path sessionRoot, final long seed, final boolean isDescribed) {
        random = new Random(seed);
        archive = new RecordedArchive(sessionRoot);
        archive.record(StreamCatalog.CONTROL_STATE.streamId(), StreamCatalog.CONTROL_STATE.name(), 1);
        archive.record(StreamCatalog.CONTROL_EVENT.streamId(), StreamCatalog.CONTROL_EVENT.name(), 1);
        final ExclusivePublication states = archive.publication(StreamCatalog.CONTROL_STATE.streamId());
        final ExclusivePublication events = archive.publication(StreamCatalog.CONTROL_EVENT.streamId());
        archive.publish(events, TestMessages.event(0));
        if (isDescribed) {
            archive.publish(events, description());
        }
        final double[] posture = new double[JOINTS];
        for (int i = 0; i < SECONDS * PER_S; i++) {
            if (i % PER_S == 0) {
                for (int joint = 0; joint < JOINTS; joint++) {
                    posture[joint] = random.nextGaussian() * 0.4;
                }
            }
            archive.publish(states, state(i, posture));
        }
        archive.awaitRecorded(states, 1);
        archive.awaitRecorded(events, 1);
    }

    @Override
    public void close() {
        archive.close();
    }

    private UnsafeBuffer state(final int sequence, final double[] posture) {
        double phase = Double.NaN;
        for (final int beginS : MOTION_S) {
            final double sinceS = (double) sequence / PER_S - beginS;
            phase = sinceS >= 0 && sinceS < MOTION_SECONDS ? sinceS : phase;
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(2048));
        final JointStateEncoder encoder =
                new JointStateEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.stamp()
                .sequence(sequence)
                .captureTimeNs(TestMessages.START_NS + sequence * PERIOD_NS)
                .source(NodeId.CONTROL);
        encoder.cycle(sequence).safetyState(SafetyState.RUNNING);
        encoder.wristForceN().x(Double.NaN).y(0).z(Double.isNaN(phase) ? 0 : 15);
        encoder.wristTorqueNm().x(0).y(0).z(0);
        encoder.gripperWidthM(0.04).inputsCount(0);
        final JointStateEncoder.JointsEncoder joints = encoder.jointsCount(JOINTS);
        for (int joint = 0; joint < JOINTS; joint++) {
            final double noise = random.nextGaussian() * 1e-3;
            final boolean isMoving = !Double.isNaN(phase);
            joints.next()
                    .position(isMoving ? Math.sin(phase * (joint + 1)) + noise : posture[joint] + noise)
                    .velocity(isMoving ? (joint + 1) * Math.cos(phase * (joint + 1)) : 0)
                    .effort(isMoving ? 5 * Math.sin(phase) : 1)
                    .commandPosition(0)
                    .commandVelocity(0)
                    .temperatureCelsius(30);
        }
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    private static UnsafeBuffer description() {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(4096));
        final SessionDescriptionEncoder encoder =
                new SessionDescriptionEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.stamp().sequence(1).captureTimeNs(TestMessages.START_NS).source(NodeId.CONTROL);
        encoder.cyclePeriodNs(PERIOD_NS).gripperMaxWidthM(0.08).inputsCount(0);
        final SessionDescriptionEncoder.JointsEncoder joints = encoder.jointsCount(JOINTS);
        for (int joint = 0; joint < JOINTS; joint++) {
            joints.next()
                    .lowerPosition(-2)
                    .upperPosition(2)
                    .maxVelocity(3)
                    .maxAcceleration(10)
                    .maxEffort(40)
                    .kind(JointKind.REVOLUTE)
                    .name("joint " + joint);
        }
        encoder.robotName("three").sessionName("test").build("0.1").hardware("sim");
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }
}
