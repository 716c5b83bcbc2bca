package io.tendon.store.vector;

import io.tendon.schemas.EmbeddingEncoder;
import io.tendon.schemas.EmbeddingKind;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/** Vectors as models give them: in clusters, seeded. And files and messages of them. */
final class TestVectors {
    static final long START_NS = 1_700_000_000_000_000_000L;
    static final long PERIOD_NS = 500_000_000L;
    static final int STREAM_ID = 1104;
    static final int RECORD_LOG_BYTES = 2048;

    private static final int POINTS_PER_CLUSTER = 200;
    private static final float SPREAD = 0.5f;
    private static final List<String> LABELS = List.of("", "mug", "wrench", "Schlüssel");
    private static final EmbeddingKind[] KINDS = {
        EmbeddingKind.WINDOW, EmbeddingKind.OBJECT, EmbeddingKind.TEXT, EmbeddingKind.EVENT
    };

    private final Random random;
    private final List<float[]> centres = new ArrayList<>();
    private final int dimension;

    TestVectors(final long seed, final int dimension, final int points) {
        this.random = new Random(seed);
        this.dimension = dimension;
        for (int i = 0; i < Math.max(20, points / POINTS_PER_CLUSTER); i++) {
            centres.add(gaussian(1));
        }
    }

    /** Near to the middle of one of the clusters; of length 1. */
    float[] next() {
        final float[] centre = centres.get(random.nextInt(centres.size()));
        final float[] vector = gaussian(SPREAD);
        for (int i = 0; i < dimension; i++) {
            vector[i] += centre[i];
        }
        UnitVector.normalise(vector);
        return vector;
    }

    private float[] gaussian(final float scale) {
        final float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = scale * (float) random.nextGaussian();
        }
        return vector;
    }

    /** What the i-th record of a test's file stands for: all kinds and labels, half a second each, one writer. */
    static VectorEntry entry(final int i) {
        return new VectorEntry(
                STREAM_ID,
                7,
                (long) i * RECORD_LOG_BYTES,
                (i + 1L) * RECORD_LOG_BYTES,
                START_NS + i * PERIOD_NS,
                START_NS + (i + 1) * PERIOD_NS,
                START_NS + (i + 1) * PERIOD_NS,
                KINDS[i % KINDS.length],
                LABELS.get(i / 3 % LABELS.size()));
    }

    /** A file of so many records. */
    static VectorFile write(
            final Path directory, final String model, final int dimension, final List<float[]> vectors) {
        try {
            Files.createDirectories(directory);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final Path path = new VectorDirectory(directory).file(model, VectorOrigin.RECORDED);
        try (VectorFileWriter writer =
                VectorFileWriter.create(path, VectorFileHeader.create(model, dimension, VectorOrigin.RECORDED))) {
            for (int i = 0; i < vectors.size(); i++) {
                writer.append(entry(i), vectors.get(i));
            }
            writer.commit();
            return writer.stored();
        }
    }

    /** An embedding as fusion says it. */
    static UnsafeBuffer message(
            final long sequence,
            final EmbeddingKind kind,
            final String label,
            final String model,
            final float[] vector) {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocate(8192));
        final EmbeddingEncoder encoder =
                new EmbeddingEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        final long timeNs = START_NS + sequence * PERIOD_NS;
        encoder.stamp().sequence(sequence).captureTimeNs(timeNs + PERIOD_NS).source(NodeId.FUSION);
        encoder.fromTimeNs(timeNs).toTimeNs(timeNs + PERIOD_NS).kind(kind).inputsCount(0);
        final EmbeddingEncoder.ElementsEncoder elements = encoder.elementsCount(vector.length);
        for (final float element : vector) {
            elements.next().amount(element);
        }
        encoder.label(label).model(model);
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }
}
