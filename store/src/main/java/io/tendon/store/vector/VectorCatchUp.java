package io.tendon.store.vector;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.store.Indexer;
import io.tendon.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Brings a session's vectors up to the end of its recording, for who answers without a node that does so all the time. */
public final class VectorCatchUp {
    private static final int MESSAGES_PER_COMMIT = 10_000;

    private VectorCatchUp() {}

    /**
     * Takes in what is not there yet. Of all that was recorded only the embeddings are read.
     *
     * @param session whose; nothing is made of one without embeddings.
     * @param damages is told of damaged ranges, which are passed over.
     * @param notices is told, in one line each, when it could not be done: the vectors are older then, and can be searched.
     */
    public static void run(
            final SessionDirectory session, final DamageListener damages, final Consumer<String> notices) {
        final List<RecordingDescriptor> embeddings = ArchiveListing.of(session.archive()).recordings().stream()
                .filter(recording -> recording.streamId() == StreamCatalog.FUSION_EMBEDDING.streamId())
                .toList();
        if (embeddings.isEmpty()) {
            return;
        }
        try {
            final Optional<VectorIndex> index = VectorIndex.open(VectorDirectory.indexOf(session), notices);
            if (index.isEmpty()) {
                notices.accept("session " + session.sessionId()
                        + ": another process takes its vectors in; searched as far as that has come");
                return;
            }
            try (Indexer indexer = new Indexer(session.archive(), List.of(index.get()), damages)) {
                embeddings.forEach(indexer::update);
                indexer.catchUp(MESSAGES_PER_COMMIT);
            }
        } catch (final StoreException e) {
            notices.accept("session " + session.sessionId() + ": searched without what was said since its vectors were"
                    + " stored last: " + e.getMessage());
        }
    }
}
