package io.tendon.deploy.figures;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.SessionTail;
import io.tendon.sessionlog.manifest.SessionManifest;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The latest events of the session that runs, read from the end of its recordings. One owner thread. */
final class EventTail implements AutoCloseable {
    private static final int MAX_EVENTS = 200;
    /** Some hundred events of each stream. */
    private static final int FIRST_BYTES = 64 * 1024;

    private static final int MESSAGES_A_ROUND = 2_000;
    private static final Set<Integer> STREAMS = Set.of(
            StreamCatalog.CONTROL_EVENT.streamId(),
            StreamCatalog.FUSION_EVENT.streamId(),
            StreamCatalog.PERSISTENCE_EVENT.streamId());

    private final EventWording wording = new EventWording();
    private final List<RecordedEvent> events = new ArrayList<>();
    private @Nullable SessionTail tail;

    /** Nothing is read yet. */
    EventTail() {}

    /**
     * Reads what is new.
     *
     * @param directory of the session; another one than before begins anew.
     * @param manifest of it, just read.
     */
    void update(final SessionDirectory directory, final SessionManifest manifest) {
        if (tail == null || !tail.directory().equals(directory)) {
            close();
            events.clear();
            tail = new SessionTail(directory, STREAMS::contains, FIRST_BYTES);
        }
        try {
            tail.poll(
                    manifest.recordings(),
                    MESSAGES_A_ROUND,
                    message -> wording.describe(message).ifPresent(events::add));
        } catch (final UncheckedIOException e) {
            // The disk is gone for now; what was read before stands.
            return;
        }
        events.sort(Comparator.comparingLong(RecordedEvent::timeNs));
        if (events.size() > MAX_EVENTS) {
            events.subList(0, events.size() - MAX_EVENTS).clear();
        }
    }

    /** The latest events, oldest first. */
    List<RecordedEvent> events() {
        return List.copyOf(events);
    }

    @Override
    public void close() {
        if (tail != null) {
            tail.close();
            tail = null;
        }
    }
}
