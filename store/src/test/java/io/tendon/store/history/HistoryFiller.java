package io.tendon.store.history;

import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.store.Indexer;
import java.nio.file.Path;
import java.util.List;

/** A process of its own that takes an archive into a history of many parts and says so when it begins; one that is killed. */
final class HistoryFiller {
    /** What it prints once the history is open; what is set aside then comes before. */
    static final String READY = "filling";

    private static final int MESSAGES_A_COMMIT = 50;

    private HistoryFiller() {}

    /**
     * Fills it to the end of the archive.
     *
     * @param args archive, directory of the history, messages of a part.
     */
    public static void main(final String[] args) {
        final Path archive = Path.of(args[0]);
        final Path history = Path.of(args[1]);
        final EngineLimits limits =
                new EngineLimits(EngineLimits.LIVE_MEMORY_MIB, 1, history.resolve("spill"), Long.parseLong(args[2]));
        try (HistoryIndex index = HistoryIndex.open(
                        history,
                        MessageIr.decode(MessageSchema.irBytes()),
                        limits,
                        notice -> System.out.println(notice));
                Indexer indexer = new Indexer(archive, List.of(index), DamageListener.IGNORED)) {
            ArchiveListing.of(archive).recordings().forEach(indexer::update);
            System.out.println(READY);
            indexer.catchUp(MESSAGES_A_COMMIT);
        }
    }
}
