package io.tendon.store.vector;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.ProcessLock;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.store.Index;
import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Takes the embeddings of one session in, each into the file of its model. One process at a time; {@link SessionVectors}
 * reads, here or elsewhere. One owner thread.
 *
 * <p>A crash at any instruction loses and doubles nothing: a file is cut behind its last sound record when it is opened,
 * each record says which message it is of, and a message that is fed again is not taken twice. From where on the log must be
 * read again stands beside the files, and may be old.
 */
public final class VectorIndex implements Index {
    /** The answer of {@link #position} for a stream on which no embeddings are said: nothing of it is wanted. */
    static final long NOT_WANTED = Long.MAX_VALUE;

    /** Models of one session; embeddings of more are passed over. */
    static final int MAX_MODELS = 64;

    /** Records that go into a graph with one commit: a quarter of a second of work. */
    private static final int GRAPH_RECORDS_PER_COMMIT = 512;

    private final VectorDirectory directory;
    private final Consumer<String> notices;
    private final ProcessLock lock;
    private final EmbeddingReader reader = new EmbeddingReader();
    private final Map<String, ModelVectors> models = new HashMap<>();
    private final Map<Long, Long> positions = new HashMap<>();
    private boolean isMoved;
    private long passedOver;

    private VectorIndex(final VectorDirectory directory, final Consumer<String> notices, final ProcessLock lock) {
        this.directory = directory;
        this.notices = notices;
        this.lock = lock;
    }

    /**
     * Opens the vectors of a session, making what is not there.
     *
     * @param indexDirectory of the session's indices.
     * @param notices is told, in one line each, what was cut off or deleted.
     * @return the index; none when another process has it.
     * @throws StoreException when it cannot be opened nor made.
     */
    public static Optional<VectorIndex> open(final Path indexDirectory, final Consumer<String> notices) {
        final VectorDirectory directory = VectorDirectory.in(indexDirectory);
        try {
            Files.createDirectories(directory.root());
        } catch (final IOException e) {
            throw new StoreException(
                    directory.root() + ": cannot be made (" + e + "); free some space there and check its rights", e);
        }
        return ProcessLock.tryAcquire(directory.lock()).map(lock -> {
            final VectorIndex index = new VectorIndex(directory, notices, lock);
            index.openFiles();
            return index;
        });
    }

    @Override
    public String name() {
        return VectorDirectory.NAME;
    }

    @Override
    public long position(final long publicationKey) {
        return (int) (publicationKey >> 32) == StreamCatalog.FUSION_EMBEDDING.streamId()
                ? positions.getOrDefault(publicationKey, 0L)
                : NOT_WANTED;
    }

    @Override
    public void onMessage(final RecordedMessage message) {
        if (!EmbeddingReader.isEmbedding(message) || !take(message)) {
            passedOver++;
        }
        positions.put(message.recording().publicationKey(), message.nextPosition());
        isMoved = true;
    }

    @Override
    public void commit() {
        models.values().forEach(model -> model.commit(GRAPH_RECORDS_PER_COMMIT));
        if (isMoved) {
            writePositions();
            isMoved = false;
        }
    }

    /** Builds the graphs to the end, which are behind when much was taken in at once; says so when that takes its time. */
    @Override
    public void complete() {
        models.forEach((name, model) -> {
            final long missing = model.missingInGraph();
            if (missing > ApproximateDescriptor.BLOCK_RECORDS) {
                notices.accept("model " + name + ": builds its graph on by " + missing
                        + " vectors, once; half a millisecond each, or a few");
            }
            while (model.advance(GRAPH_RECORDS_PER_COMMIT)) {
                // In steps, as with commits.
            }
        });
    }

    /** Messages that no file could take: no embedding, without direction, of another dimension than its model's first. */
    public long passedOver() {
        return passedOver;
    }

    @Override
    public void close() {
        try (lock) {
            CloseHelper.closeAll(models.values());
        }
    }

    private boolean take(final RecordedMessage message) {
        final EmbeddingReader.Embedding embedding = reader.read(message).orElse(null);
        final ModelVectors model = embedding == null ? null : model(embedding.model(), embedding.vector().length);
        if (embedding == null || model == null) {
            return false;
        }
        // A file that was stored before the positions were has this one already.
        if (message.position() >= model.file().position(message.recording().publicationKey())) {
            model.file().append(embedding.entry(), embedding.vector());
        }
        return true;
    }

    /** Of that name and dimension; null when there can be none. */
    private @Nullable ModelVectors model(final String name, final int dimension) {
        ModelVectors model = models.get(name);
        if (model == null && models.size() < MAX_MODELS) {
            model = ModelVectors.of(
                    VectorFileWriter.create(
                            directory.file(name, VectorOrigin.RECORDED),
                            VectorFileHeader.create(name, dimension, VectorOrigin.RECORDED)),
                    notices);
            models.put(name, model);
        }
        return model == null || model.file().header().dimension() != dimension ? null : model;
    }

    private void openFiles() {
        boolean isOpen = false;
        try {
            for (final Path file : directory.files(VectorOrigin.RECORDED)) {
                final VectorFileWriter writer = openOrDelete(file);
                if (writer != null) {
                    models.put(writer.header().model(), ModelVectors.of(writer, notices));
                }
            }
            readPositions();
            isOpen = true;
        } finally {
            if (!isOpen) {
                close();
            }
        }
    }

    private @Nullable VectorFileWriter openOrDelete(final Path file) {
        try {
            return VectorFileWriter.open(file, notices);
        } catch (final VectorFileHeader.UnusableException e) {
            notices.accept(e.getMessage() + ": deleted, and taken from the log again");
            try {
                Files.delete(file);
            } catch (final IOException deletion) {
                throw new StoreException(file + ": cannot be deleted (" + deletion + "); check its rights", deletion);
            }
            return null;
        }
    }

    /** They hold when each file has what it had when they were written; else the log is read from its beginning. */
    private void readPositions() {
        final LogPositions stored = LogPositions.read(directory.logPositions());
        final Map<Long, Long> records = recordsByFile();
        final boolean hold = stored.recordsByFile().entrySet().stream()
                .allMatch(file -> records.getOrDefault(file.getKey(), -1L) >= file.getValue());
        if (hold) {
            positions.putAll(stored.positions());
        }
    }

    private void writePositions() {
        new LogPositions(positions, recordsByFile()).write(directory.logPositions());
    }

    private Map<Long, Long> recordsByFile() {
        final Map<Long, Long> records = new HashMap<>();
        for (final ModelVectors model : models.values()) {
            records.put(model.file().header().fileId(), model.file().stored().records());
        }
        return records;
    }
}
