package io.tendon.persistence;

import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.schemas.BooleanType;
import io.tendon.schemas.EmbeddingEncoder;
import io.tendon.schemas.EmbeddingKind;
import io.tendon.schemas.JointStateEncoder;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.RecordingProgressDecoder;
import io.tendon.schemas.SafetyState;
import io.tendon.schemas.StateEntryEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.MutableDirectBuffer;

/**
 * Says what a robot says whose recorder is killed: joint states at 1 kHz, embeddings, values of the state; and listens to how
 * far the recorder says it is. On a thread of its own.
 */
final class KilledRobot implements AutoCloseable {
    static final String MODEL = "killed";
    static final int DIMENSION = 8;

    private static final int JOINTS = 6;
    private static final int KEYS = 5;
    private static final int STATES_AN_EMBEDDING = 20;
    private static final int STATES_AN_ENTRY = 50;
    private static final int STATES_A_ROLL_OF_EMBEDDINGS = 8;

    private final BusConnection control;
    private final BusConnection operator;
    private final RollingWriter states;
    private final RollingWriter embeddings;
    private final MessagePublisher entries;
    private final Subscription progress;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final boolean isStateSaid;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicInteger wantedRolls = new AtomicInteger();
    private final AtomicInteger rolls = new AtomicInteger();
    private final Thread thread = new Thread(this::speak, "killed-robot");
    // By recording: from this thread to the test's.
    private final Map<Long, Long> recorded = new ConcurrentHashMap<>();
    private final Map<Long, Long> durable = new ConcurrentHashMap<>();

    KilledRobot(final TestRobot robot, final boolean isStateSaid) {
        this.isStateSaid = isStateSaid;
        control = robot.connect(NodeId.CONTROL);
        operator = robot.connect(NodeId.OPERATOR);
        states = new RollingWriter(control, StreamCatalog.CONTROL_STATE);
        embeddings = new RollingWriter(control, StreamCatalog.FUSION_EMBEDDING);
        entries = operator.addPublisher(StreamCatalog.STATE_ENTRY);
        progress = control.aeron()
                .addSubscription(
                        StreamCatalog.PERSISTENCE_PROGRESS.subscriptionChannel("test"),
                        StreamCatalog.PERSISTENCE_PROGRESS.streamId());
    }

    void start() {
        thread.start();
    }

    /** Ends segments of the recordings as soon as the recorder follows. */
    void roll(final int times) {
        wantedRolls.addAndGet(times);
    }

    int rolls() {
        return rolls.get();
    }

    RollingWriter states() {
        return states;
    }

    RollingWriter embeddings() {
        return embeddings;
    }

    /** Up to which position a recording was said to be recorded, by its id. */
    Map<Long, Long> recorded() {
        return recorded;
    }

    /** Up to which position a recording was said to be durable, by its id. */
    Map<Long, Long> durable() {
        return durable;
    }

    void stop() throws InterruptedException {
        isOver.set(true);
        thread.join();
    }

    @Override
    public void close() {
        states.close();
        embeddings.close();
        entries.close();
        progress.close();
        control.close();
        operator.close();
    }

    private void speak() {
        final FragmentHandler handler = progressHandler();
        for (int i = 0; !isOver.get(); i++) {
            states.publish(MessageLengths.jointState(JOINTS, 0), this::encodeState);
            embeddings.follow();
            if (i % STATES_AN_EMBEDDING == 0) {
                final String label = "e" + embeddings.nextSequence();
                embeddings.publish(
                        MessageLengths.embedding(DIMENSION, label.length() + MODEL.length(), 0),
                        (buffer, offset, sequence) -> encodeEmbedding(buffer, offset, sequence, label));
            }
            if (isStateSaid && i % STATES_AN_ENTRY == 0) {
                putEntry();
            }
            entries.doWork();
            progress.poll(handler, 100);
            if (wantedRolls.get() > 0 && states.roll()) {
                final int remaining = wantedRolls.decrementAndGet();
                if (rolls.incrementAndGet() % STATES_A_ROLL_OF_EMBEDDINGS == 0 && remaining == 0) {
                    embeddings.roll();
                }
            }
            LockSupport.parkNanos(1_000_000);
        }
        progress.poll(handler, 100);
    }

    private FragmentHandler progressHandler() {
        final MessageHeaderDecoder decodedHeader = new MessageHeaderDecoder();
        final RecordingProgressDecoder decoder = new RecordingProgressDecoder();
        return (buffer, offset, length, frame) -> {
            decodedHeader.wrap(buffer, offset);
            if (decodedHeader.templateId() == RecordingProgressDecoder.TEMPLATE_ID) {
                decoder.wrapAndApplyHeader(buffer, offset, decodedHeader);
                for (final RecordingProgressDecoder.InputsDecoder inputs = decoder.inputs(); inputs.hasNext(); ) {
                    inputs.next();
                }
                for (final RecordingProgressDecoder.RecordingsDecoder each : decoder.recordings()) {
                    recorded.merge(each.recordingId(), each.recordedPosition(), Math::max);
                    durable.merge(each.recordingId(), each.durablePosition(), Math::max);
                }
            }
        };
    }

    private void encodeState(final MutableDirectBuffer buffer, final int offset, final long sequence) {
        final JointStateEncoder encoder = new JointStateEncoder().wrapAndApplyHeader(buffer, offset, header);
        encoder.stamp()
                .sequence(sequence)
                .captureTimeNs(control.clock().nanoTime())
                .source(NodeId.CONTROL);
        encoder.cycle(sequence).safetyState(SafetyState.RUNNING);
        encoder.inputsCount(0);
        final JointStateEncoder.JointsEncoder joints = encoder.jointsCount(JOINTS);
        for (int i = 0; i < JOINTS; i++) {
            joints.next().position(Math.sin(sequence * 1e-3 + i)).velocity(i).effort((double) sequence / 3);
        }
    }

    private void encodeEmbedding(
            final MutableDirectBuffer buffer, final int offset, final long sequence, final String label) {
        final long nowNs = control.clock().nanoTime();
        final EmbeddingEncoder encoder = new EmbeddingEncoder().wrapAndApplyHeader(buffer, offset, header);
        encoder.stamp().sequence(sequence).captureTimeNs(nowNs).source(NodeId.FUSION);
        encoder.fromTimeNs(nowNs).toTimeNs(nowNs).kind(EmbeddingKind.OBJECT).inputsCount(0);
        final EmbeddingEncoder.ElementsEncoder elements = encoder.elementsCount(DIMENSION);
        for (int i = 0; i < DIMENSION; i++) {
            elements.next().amount((float) Math.cos((double) sequence * (i + 1)));
        }
        encoder.label(label).model(MODEL);
    }

    private void putEntry() {
        final byte[] key = ("killed/" + Math.floorMod(entries.sequence(), KEYS)).getBytes(StandardCharsets.US_ASCII);
        final String content = Long.toString(entries.sequence());
        if (entries.claim(MessageLengths.stateEntry(key.length, content.length()))
                .isAccepted()) {
            final StateEntryEncoder entry =
                    new StateEntryEncoder().wrapAndApplyHeader(entries.buffer(), entries.offset(), header);
            entry.stamp()
                    .sequence(entries.sequence())
                    .captureTimeNs(operator.clock().nanoTime())
                    .source(NodeId.OPERATOR);
            entry.removed(BooleanType.FALSE).inputsCount(0);
            entry.putKey(key, 0, key.length).content(content);
            entries.commit();
        }
    }
}
