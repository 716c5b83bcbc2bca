package io.tendon.store.vector;

import io.tendon.bus.connection.ProcessLock;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/**
 * Writes vectors that were computed from a recording: a file for each model beside the recorded ones, which takes the place
 * of the one before it only once it is whole. They are in no log; whoever computed them can do so again. One owner thread.
 */
public final class DerivedVectors implements AutoCloseable {
    private static final int GRAPH_RECORDS_PER_STEP = 4096;

    private final Path target;
    private final Path beside;
    private final ProcessLock lock;
    private final VectorFileWriter writer;
    private final Consumer<String> notices;

    /**
     * Begins a file.
     *
     * @param session that they are of.
     * @param model in whose space they lie.
     * @param dimension of each.
     * @param notices is told of graphs that are deleted.
     * @throws StoreException when it cannot be made, or another process makes some of this session.
     */
    public DerivedVectors(
            final SessionDirectory session, final String model, final int dimension, final Consumer<String> notices) {
        final VectorDirectory directory = VectorDirectory.of(session);
        this.target = directory.file(model, VectorOrigin.DERIVED);
        this.beside = target.resolveSibling(target.getFileName() + ".new");
        this.notices = notices;
        try {
            Files.createDirectories(directory.derived());
        } catch (final IOException e) {
            throw new StoreException(
                    directory.derived() + ": cannot be made (" + e + "); free some space there and check its rights",
                    e);
        }
        this.lock = ProcessLock.acquire(
                directory.derived().resolve("lock"),
                () -> "session " + session.sessionId()
                        + ": another process makes its vectors; try again when it is done");
        try {
            this.writer =
                    VectorFileWriter.create(beside, VectorFileHeader.create(model, dimension, VectorOrigin.DERIVED));
        } catch (final RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Adds one.
     *
     * @param entry what it stands for.
     * @param vector that is changed: brought to length 1.
     * @return false when it has no direction, and was left out.
     */
    public boolean add(final VectorEntry entry, final float[] vector) {
        final boolean hasDirection = UnitVector.normalise(vector);
        if (hasDirection) {
            writer.append(entry, vector);
        }
        return hasDirection;
    }

    /**
     * Puts the file in its place, and builds the graph over it when it is long.
     *
     * @return how many it holds.
     * @throws StoreException when it cannot be written.
     */
    public long complete() {
        writer.commit();
        final VectorFile written = writer.stored();
        try {
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw new StoreException(
                    target + ": cannot be written (" + e + "); free some space there and check its rights", e);
        }
        final VectorFile file = new VectorFile(target, written.header(), written.records());
        if (ApproximateWriter.isWanted(file)) {
            try (ApproximateWriter graph = ApproximateWriter.open(file, notices)) {
                while (graph.advance(file, GRAPH_RECORDS_PER_STEP) > 0) {
                    // In steps that bound nothing but how long each takes.
                }
            }
        }
        return file.records();
    }

    /** Ends it; a file that is not complete is left beside, and written over the next time. */
    @Override
    public void close() {
        try (lock) {
            writer.close();
        }
    }
}
