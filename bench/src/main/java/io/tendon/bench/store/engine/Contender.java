package io.tendon.bench.store.engine;

import io.tendon.certify.measure.Median;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An engine, and what it took. One owner thread. */
final class Contender {
    private final Engine engine;
    private final Path directory;
    private final List<Double> rangeNs = new ArrayList<>();
    private final List<Double> aggregateNs = new ArrayList<>();
    private double appendNs;

    /**
     * Nothing was measured yet.
     *
     * @param engine in whose turns it is measured.
     * @param directory of its files; its own.
     */
    Contender(final Engine engine, final Path directory) {
        this.engine = engine;
        this.directory = directory;
    }

    /** What an engine says to the two questions. Immutable by convention. */
    record Answer(Engine.Sum sum, Map<Long, Double> greatest) {}

    /** Something that can fail in an engine. */
    interface Step {
        void run(Engine engine) throws SQLException;
    }

    String label() {
        return engine.label();
    }

    /** Its name, and what it does with each commit. */
    String durability() {
        return engine.label() + ", " + engine.durability();
    }

    /** Lets it take in; what that takes is added up. */
    void append(final Step step) throws SQLException {
        final long beginNs = System.nanoTime();
        step.run(engine);
        appendNs += System.nanoTime() - beginNs;
    }

    /**
     * Asks it for each value of a range, and for the greatest of each second of all.
     *
     * @param isTimed whether what it takes is kept.
     */
    Answer ask(final long fromNs, final long toNs, final long allFromNs, final long allToNs, final boolean isTimed)
            throws SQLException {
        final long beginNs = System.nanoTime();
        final Engine.Sum sum = engine.range(fromNs, toNs);
        final long middleNs = System.nanoTime();
        final Map<Long, Double> greatest = engine.greatest(allFromNs, allToNs);
        if (isTimed) {
            rangeNs.add((double) (middleNs - beginNs));
            aggregateNs.add((double) (System.nanoTime() - middleNs));
        }
        return new Answer(sum, greatest);
    }

    /** All that it took in, ns. */
    double appendNs() {
        return appendNs;
    }

    /** Median, ns. */
    double rangeNs() {
        return Median.of(rangeNs.stream().mapToDouble(Double::doubleValue));
    }

    /** Median, ns. */
    double aggregateNs() {
        return Median.of(aggregateNs.stream().mapToDouble(Double::doubleValue));
    }

    /** Of all of its files, logs included, bytes. */
    long diskBytes() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(Path::toFile)
                    .filter(File::isFile)
                    .mapToLong(File::length)
                    .sum();
        }
    }
}
