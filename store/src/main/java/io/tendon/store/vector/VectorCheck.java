package io.tendon.store.vector;

import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.store.IndexCheck;
import io.tendon.store.IndexFinding;
import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds the vectors of a session against its log: every record against its checksum, those that were recorded against the
 * embeddings of the log up to where they were taken in, and each graph against Lucene's checksums. One owner thread.
 */
public final class VectorCheck implements IndexCheck {
    private static final String NAME = "vectors";
    private static final int MAX_FAULTS = 20;

    private final List<RecordingDescriptor> recordings;
    private final Map<String, Recorded> models = new HashMap<>();
    private final EmbeddingReader reader = new EmbeddingReader();
    private final List<IndexFinding> findings = new ArrayList<>();
    private Map<Long, Long> positions = Map.of();
    private long missing;

    private VectorCheck(final List<RecordingDescriptor> recordings) {
        this.recordings = recordings;
    }

    /**
     * Opens the vectors of a session.
     *
     * @param directory of the session.
     * @param recordings of the session.
     * @param findings is told what cannot be looked at.
     * @return the check; none when there are no vectors.
     */
    public static Optional<VectorCheck> open(
            final SessionDirectory directory,
            final List<RecordingDescriptor> recordings,
            final Consumer<IndexFinding> findings) {
        final VectorDirectory vectors = VectorDirectory.of(directory);
        if (!Files.isDirectory(vectors.root())) {
            return Optional.empty();
        }
        final VectorCheck check = new VectorCheck(recordings);
        try {
            for (final VectorOrigin origin : VectorOrigin.values()) {
                for (final Path file : vectors.files(origin)) {
                    check.look(file, origin);
                }
            }
            check.readPositions(vectors);
            return Optional.of(check);
        } catch (final StoreException e) {
            findings.accept(IndexFinding.note(NAME, "were not checked: " + e.getMessage()));
            return Optional.empty();
        }
    }

    @Override
    public void onMessage(final RecordedMessage message) {
        if (!EmbeddingReader.isEmbedding(message)) {
            return;
        }
        final EmbeddingReader.Embedding embedding = reader.read(message).orElse(null);
        final Recorded model = embedding == null ? null : models.get(embedding.model());
        if (embedding == null || (model != null && model.dimension != embedding.vector().length)) {
            return;
        }
        final long key = message.recording().publicationKey();
        final boolean isThere = model != null && model.remove(key, message.position());
        if (!isThere && message.position() < positions.getOrDefault(key, 0L)) {
            missing++;
        }
    }

    @Override
    public List<IndexFinding> finish() {
        if (missing > 0) {
            fault(missing + " embeddings of the log are not among them");
        }
        models.forEach((model, recorded) -> {
            final long more = recorded.left(recordings);
            if (more > 0) {
                fault("model " + model + " has " + more + " vectors that the log does not have");
            }
        });
        return findings;
    }

    @Override
    public void close() {
        models.clear();
    }

    private void look(final Path path, final VectorOrigin origin) {
        final String again = origin == VectorOrigin.DERIVED ? "; `persistence-node embed` makes it again" : "";
        try {
            final VectorFile file = VectorFile.open(path);
            final Recorded recorded = new Recorded(file.header().dimension());
            long damaged;
            try (VectorScan scan = file.scan()) {
                while (scan.next()) {
                    final VectorEntry entry = scan.entry();
                    recorded.add(entry.publicationKey(), entry.position());
                }
                damaged = scan.damaged();
            }
            if (Files.size(path) != file.header().recordOffset(file.records())) {
                // What is begun is cut off by who appends next; what is derived is whole, or never there.
                damaged++;
            }
            if (damaged > 0) {
                fault(path, path + ": " + damaged + " damaged records" + again);
            }
            if (origin == VectorOrigin.RECORDED) {
                models.put(file.header().model(), recorded);
            }
            lookAtGraph(file);
        } catch (final VectorFileHeader.UnusableException e) {
            fault(path, e.getMessage() + again);
        } catch (final IOException e) {
            fault(path, path + ": cannot be read (" + e + ")" + again);
        }
    }

    private void lookAtGraph(final VectorFile file) {
        final Path graph = VectorDirectory.graphOf(file.path());
        if (!Files.isDirectory(graph)) {
            return;
        }
        try (@Nullable ApproximateReader opened = ApproximateReader.open(file)) {
            if (opened == null) {
                fault(graph, graph + ": cannot be used; all vectors are compared instead");
            } else {
                opened.checkIntegrity();
            }
        } catch (final IOException e) {
            fault(graph, graph + ": is damaged (" + e + ")");
        }
    }

    /** As who appends believes them. */
    private void readPositions(final VectorDirectory directory) {
        final LogPositions stored = LogPositions.read(directory.logPositions());
        final Map<Long, Long> records = new HashMap<>();
        for (final Path path : directory.files(VectorOrigin.RECORDED)) {
            try {
                final VectorFile file = VectorFile.open(path);
                records.put(file.header().fileId(), file.records());
            } catch (final VectorFileHeader.UnusableException e) {
                // Told already; it is taken from the log again.
            }
        }
        final boolean hold = stored.recordsByFile().entrySet().stream()
                .allMatch(file -> records.getOrDefault(file.getKey(), -1L) >= file.getValue());
        if (hold) {
            positions = stored.positions();
        } else {
            findings.add(IndexFinding.note(
                    NAME,
                    "have fewer records than they had; what is missing is taken from the log when they are asked"));
        }
    }

    private void fault(final Path file, final String text) {
        if (findings.size() < MAX_FAULTS) {
            findings.add(IndexFinding.fault(NAME, file, text));
        }
    }

    private void fault(final String text) {
        if (findings.size() < MAX_FAULTS) {
            findings.add(IndexFinding.fault(NAME, text));
        }
    }

    /** Which messages a file has a vector of. */
    private static final class Recorded {
        private final int dimension;
        private final Map<Long, LongHashSet> positions = new HashMap<>();

        Recorded(final int dimension) {
            this.dimension = dimension;
        }

        void add(final long publicationKey, final long position) {
            positions.computeIfAbsent(publicationKey, key -> new LongHashSet()).add(position);
        }

        boolean remove(final long publicationKey, final long position) {
            final LongHashSet ofKey = positions.get(publicationKey);
            return ofKey != null && ofKey.remove(position);
        }

        /** Those that the log does not have, but for what was deleted to make room. */
        long left(final List<RecordingDescriptor> recordings) {
            long left = 0;
            for (final Map.Entry<Long, LongHashSet> ofKey : positions.entrySet()) {
                for (final long position : ofKey.getValue()) {
                    final boolean isPurged = recordings.stream()
                            .anyMatch(recording -> recording.publicationKey() == ofKey.getKey()
                                    && recording.behindPurged(position) != position);
                    left += isPurged ? 0 : 1;
                }
            }
            return left;
        }
    }
}
