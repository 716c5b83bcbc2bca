package io.tendon.persistence;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.schemas.EmbeddingEncoder;
import io.tendon.schemas.EmbeddingKind;
import io.tendon.schemas.EventEncoder;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.JointKind;
import io.tendon.schemas.JointStateEncoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import io.tendon.schemas.SessionDescriptionEncoder;
import io.tendon.schemas.Severity;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Says what control and fusion say of a robot that stands in another posture each second and makes one motion twice, in
 * capture times from now on and as fast as it goes. One owner thread.
 */
final class MotionSpeaker implements AutoCloseable {
    static final int SECONDS = 30;
    static final int PER_S = 100;
    /** When the motion begins, and begins again, s; it takes four. */
    static final int[] MOTION_S = {6, 21};

    static final int MOTION_SECONDS = 4;
    static final String MODEL = "objects";
    private static final long PERIOD_NS = 1_000_000_000L / PER_S;
    private static final int JOINTS = 3;

    private final BusConnection control;
    private final BusConnection fusion;
    private final MessagePublisher states;
    private final MessagePublisher events;
    private final MessagePublisher embeddings;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Random random;
    private final long startNs;

    MotionSpeaker(final BusConnection control, final BusConnection fusion, final long seed) {
        this.control = control;
        this.fusion = fusion;
        this.random = new Random(seed);
        states = control.addPublisher(StreamCatalog.CONTROL_STATE);
        events = control.addPublisher(StreamCatalog.CONTROL_EVENT);
        embeddings = fusion.addPublisher(StreamCatalog.FUSION_EMBEDDING);
        startNs = control.clock().nanoTime();
    }

    /** When it began, ns since the epoch. */
    long startNs() {
        return startNs;
    }

    void speak() {
        describe();
        final double[] posture = new double[JOINTS];
        for (int i = 0; i < SECONDS * PER_S; i++) {
            if (i % PER_S == 0) {
                for (int joint = 0; joint < JOINTS; joint++) {
                    posture[joint] = random.nextGaussian() * 0.4;
                }
                embed(i / PER_S);
            }
            for (final int beginS : MOTION_S) {
                if (i == beginS * PER_S) {
                    event(startNs + i * PERIOD_NS);
                }
            }
            state(i, posture);
        }
    }

    @Override
    public void close() {
        states.close();
        events.close();
        embeddings.close();
        control.close();
        fusion.close();
    }

    private void state(final int i, final double[] posture) {
        double phase = Double.NaN;
        for (final int beginS : MOTION_S) {
            final double sinceS = (double) i / PER_S - beginS;
            phase = sinceS >= 0 && sinceS < MOTION_SECONDS ? sinceS : phase;
        }
        final JointStateEncoder encoder = new JointStateEncoder();
        claim(states, MessageLengths.jointState(JOINTS, 0));
        encoder.wrapAndApplyHeader(states.buffer(), states.offset(), header);
        encoder.stamp()
                .sequence(states.sequence())
                .captureTimeNs(startNs + i * PERIOD_NS)
                .source(NodeId.CONTROL);
        encoder.cycle(i).safetyState(SafetyState.RUNNING).gripperWidthM(0.04);
        encoder.inputsCount(0);
        final JointStateEncoder.JointsEncoder joints = encoder.jointsCount(JOINTS);
        for (int joint = 0; joint < JOINTS; joint++) {
            final boolean isMoving = !Double.isNaN(phase);
            joints.next()
                    .position(isMoving ? Math.sin(phase * (joint + 1)) : posture[joint])
                    .velocity(isMoving ? (joint + 1) * Math.cos(phase * (joint + 1)) : 0)
                    .effort(isMoving ? 5 * Math.sin(phase) : 1);
        }
        states.commit();
        states.doWork();
    }

    private void event(final long timeNs) {
        final String text = "motion begins";
        claim(events, MessageLengths.event(text.length(), 0));
        final EventEncoder encoder = new EventEncoder().wrapAndApplyHeader(events.buffer(), events.offset(), header);
        encoder.stamp().sequence(events.sequence()).captureTimeNs(timeNs).source(NodeId.CONTROL);
        encoder.amount(Double.NaN).code(0).kind(EventKind.NODE_STARTED).severity(Severity.INFO);
        encoder.inputsCount(0);
        encoder.text(text);
        events.commit();
        events.doWork();
    }

    private void describe() {
        final UnsafeBuffer message = new UnsafeBuffer(new byte[1024]);
        final SessionDescriptionEncoder encoder =
                new SessionDescriptionEncoder().wrapAndApplyHeader(message, 0, header);
        encoder.stamp().captureTimeNs(startNs).source(NodeId.CONTROL);
        encoder.cyclePeriodNs(PERIOD_NS).gripperMaxWidthM(0.08).inputsCount(0);
        final SessionDescriptionEncoder.JointsEncoder joints = encoder.jointsCount(JOINTS);
        for (int joint = 0; joint < JOINTS; joint++) {
            joints.next()
                    .lowerPosition(-2)
                    .upperPosition(2)
                    .maxVelocity(3)
                    .maxEffort(40)
                    .kind(JointKind.REVOLUTE)
                    .name("joint " + joint);
        }
        encoder.robotName("three").sessionName("test").build("0.1").hardware("sim");
        final int lengthBytes = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
        claim(events, lengthBytes);
        encoder.wrap(message, MessageHeaderEncoder.ENCODED_LENGTH).stamp().sequence(events.sequence());
        events.buffer().putBytes(events.offset(), message, 0, lengthBytes);
        events.commit();
        events.doWork();
    }

    /** Of an object: a mug in every tenth second, another one in each other. */
    private void embed(final int second) {
        final boolean isMug = second % 10 == 3;
        final String label = isMug ? "mug" : "thing " + second;
        final float[] vector = {isMug ? 1 : 0.1f, isMug ? 0.1f : 1, (float) (random.nextGaussian() * 0.05)};
        claim(embeddings, MessageLengths.embedding(vector.length, label.length() + MODEL.length(), 0));
        final EmbeddingEncoder encoder =
                new EmbeddingEncoder().wrapAndApplyHeader(embeddings.buffer(), embeddings.offset(), header);
        final long timeNs = startNs + second * 1_000_000_000L;
        encoder.stamp().sequence(embeddings.sequence()).captureTimeNs(timeNs).source(NodeId.FUSION);
        encoder.fromTimeNs(timeNs).toTimeNs(timeNs).kind(EmbeddingKind.OBJECT).inputsCount(0);
        final EmbeddingEncoder.ElementsEncoder elements = encoder.elementsCount(vector.length);
        for (final float element : vector) {
            elements.next().amount(element);
        }
        encoder.label(label).model(MODEL);
        embeddings.commit();
        embeddings.doWork();
    }

    private static void claim(final MessagePublisher publisher, final int lengthBytes) {
        if (!publisher.claim(lengthBytes).isAccepted()) {
            throw new IllegalStateException("refused: nobody listens, or a test says more than the log holds");
        }
    }
}
