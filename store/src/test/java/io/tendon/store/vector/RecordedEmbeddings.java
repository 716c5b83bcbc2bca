package io.tendon.store.vector;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.EmbeddingKind;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.store.Indexer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/** Embeddings of several models that two writers said and a real archive recorded, and what an index must make of them. */
final class RecordedEmbeddings implements AutoCloseable {
    static final List<String> MODELS = List.of("clip", "window", "minilm");
    private static final int[] DIMENSIONS = {24, 13, 7};

    private final RecordedArchive archive;
    private final List<ExclusivePublication> writers = new ArrayList<>();
    private final List<TestVectors> sources = new ArrayList<>();
    private final List<Long> sequences = new ArrayList<>(List.of(0L, 0L));
    private final TreeMap<String, List<Said>> said = new TreeMap<>();

    /** Records into a directory of the test. */
    RecordedEmbeddings(final Path directory, final long seed) {
        archive = new RecordedArchive(directory);
        final int streamId = StreamCatalog.FUSION_EMBEDDING.streamId();
        archive.record(streamId, StreamCatalog.FUSION_EMBEDDING.name(), 1);
        writers.add(archive.publication(streamId));
        writers.add(archive.publication(streamId));
        for (final int dimension : DIMENSIONS) {
            sources.add(new TestVectors(seed, dimension, 100));
        }
    }

    /** Says so many more: two thirds by the first writer, a model after the other. */
    void publish(final int count) {
        for (int i = 0; i < count; i++) {
            final int writer = i % 3 == 2 ? 1 : 0;
            final long sequence = sequences.get(writer);
            sequences.set(writer, sequence + 1);
            final int model = (int) (sequence / 2 % MODELS.size());
            final float[] vector = sources.get(model).next();
            final String label = "label " + sequence % 5;
            archive.publish(
                    writers.get(writer),
                    TestVectors.message(sequence, EmbeddingKind.OBJECT, label, MODELS.get(model), vector));
            said.computeIfAbsent(MODELS.get(model), name -> new ArrayList<>())
                    .add(new Said(
                            writers.get(writer).sessionId(),
                            TestVectors.START_NS + sequence * TestVectors.PERIOD_NS,
                            label,
                            toList(vector)));
        }
        writers.forEach(writer -> archive.awaitRecorded(writer, 1));
    }

    /** Says something that is no embedding, or none that can be kept. */
    void publish(final UnsafeBuffer message) {
        archive.publish(writers.get(0), message);
        archive.awaitRecorded(writers.get(0), 1);
    }

    Path archiveDir() {
        return archive.archiveDir();
    }

    /** What is to be in the files, by model, in an order that the writers' turns do not change. */
    Map<String, List<Said>> said() {
        said.values().forEach(all -> all.sort(Said.ORDER));
        return said;
    }

    /** What is in the files. */
    static Map<String, List<Said>> stored(final Path indexDirectory) {
        final TreeMap<String, List<Said>> stored = new TreeMap<>();
        for (final Path path : VectorDirectory.in(indexDirectory).files(VectorOrigin.RECORDED)) {
            final VectorFile file = VectorFile.open(path);
            final List<Said> all = new ArrayList<>();
            final float[] vector = new float[file.header().dimension()];
            try (VectorScan scan = file.scan()) {
                while (scan.next()) {
                    scan.vector(vector);
                    final VectorEntry entry = scan.entry();
                    all.add(new Said(entry.sessionId(), entry.fromNs(), entry.label(), toList(vector)));
                }
            }
            all.sort(Said.ORDER);
            stored.put(file.header().model(), all);
        }
        return stored;
    }

    static Indexer indexer(final Path archiveDir, final VectorIndex index) {
        final Indexer indexer = new Indexer(archiveDir, List.of(index), DamageListener.IGNORED);
        ArchiveListing.of(archiveDir).recordings().forEach(indexer::update);
        return indexer;
    }

    @Override
    public void close() {
        archive.close();
    }

    private static List<Float> toList(final float[] vector) {
        // Rounded: bringing a vector to length 1 twice moves its last bit.
        final List<Float> elements = new ArrayList<>();
        for (final float element : vector) {
            elements.add(Math.round(element * 1e5f) / 1e5f);
        }
        return elements;
    }

    /**
     * An embedding, said or stored.
     *
     * @param sessionId of the writer.
     * @param fromNs when began what it stands for.
     * @param label of it.
     * @param vector rounded.
     */
    record Said(int sessionId, long fromNs, String label, List<Float> vector) {
        private static final Comparator<Said> ORDER =
                Comparator.comparingInt(Said::sessionId).thenComparingLong(Said::fromNs);
    }
}
