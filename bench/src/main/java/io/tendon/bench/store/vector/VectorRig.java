package io.tendon.bench.store.vector;

import io.tendon.bench.run.Progress;
import io.tendon.bench.store.source.ClusteredVectors;
import io.tendon.bench.store.source.MessageFeed;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.CommandFailure;
import io.tendon.schemas.EmbeddingEncoder;
import io.tendon.schemas.EmbeddingKind;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.store.vector.VectorIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/** So many vectors in the index of a session, taken in message by message, and questions. Main thread. */
final class VectorRig {
    /** Whose space it is. */
    static final String MODEL = "bench";

    private static final long SEED = 7;
    private static final long START_NS = 1_767_225_600_000_000_000L;
    private static final long PERIOD_NS = 500_000_000L;
    private static final int MESSAGE_BYTES = 16_384;
    private static final int MESSAGES_A_COMMIT = 512;

    private final SessionDirectory session;
    private final List<float[]> vectors = new ArrayList<>();
    private final List<float[]> questions = new ArrayList<>();
    private final long takenInNs;

    VectorRig(final Path data, final int count, final int dimension, final int questionCount, final Progress progress) {
        session = new SessionDirectory(data, "vectors-" + count);
        final ClusteredVectors source = new ClusteredVectors(SEED, dimension, count);
        for (int i = 0; i < count; i++) {
            vectors.add(source.next());
        }
        for (int i = 0; i < questionCount; i++) {
            questions.add(source.next());
        }
        final long beginNs = System.nanoTime();
        takeIn(progress);
        takenInNs = System.nanoTime() - beginNs;
    }

    private void takeIn(final Progress progress) {
        final MessageFeed feed = new MessageFeed(StreamCatalog.FUSION_EMBEDDING, MESSAGE_BYTES);
        final EmbeddingEncoder encoder = new EmbeddingEncoder();
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        try (VectorIndex index = VectorIndex.open(
                        session.root().resolve("index"), notice -> progress.accept("  vectors: " + notice))
                .orElseThrow(() -> new CommandFailure(session.root() + ": somebody has its vectors open"))) {
            for (int i = 0; i < vectors.size(); i++) {
                final int lengthBytes = encode(encoder, header, feed.buffer(), i);
                index.onMessage(feed.next(lengthBytes));
                if (i % MESSAGES_A_COMMIT == MESSAGES_A_COMMIT - 1) {
                    progress.requireWanted();
                    index.commit();
                }
            }
            index.commit();
            index.complete();
        }
    }

    private int encode(
            final EmbeddingEncoder encoder,
            final MessageHeaderEncoder header,
            final MutableDirectBuffer buffer,
            final int number) {
        final long fromNs = fromNs(number);
        final float[] vector = vectors.get(number);
        encoder.wrapAndApplyHeader(buffer, 0, header);
        encoder.stamp().sequence(number).captureTimeNs(fromNs + PERIOD_NS).source(NodeId.FUSION);
        encoder.fromTimeNs(fromNs)
                .toTimeNs(fromNs + PERIOD_NS)
                .kind(EmbeddingKind.WINDOW)
                .inputsCount(0);
        final EmbeddingEncoder.ElementsEncoder elements = encoder.elementsCount(vector.length);
        for (final float element : vector) {
            elements.next().amount(element);
        }
        encoder.label("").model(MODEL);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    /** In whose index they are. */
    SessionDirectory session() {
        return session;
    }

    /** What was taken in. */
    List<float[]> vectors() {
        return vectors;
    }

    /** Near to what was taken in, as far as that lies near to itself. */
    List<float[]> questions() {
        return questions;
    }

    /** How long it took, a graph included, ns. */
    long takenInNs() {
        return takenInNs;
    }

    /** Which vector it is that an entry begins for. */
    static int numberOf(final long fromNs) {
        return (int) ((fromNs - START_NS) / PERIOD_NS);
    }

    private static long fromNs(final int number) {
        return START_NS + number * PERIOD_NS;
    }
}
