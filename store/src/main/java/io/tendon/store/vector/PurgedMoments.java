package io.tendon.store.vector;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Knows which moments of a session were deleted to make room: those whose own message was, and those in which the arm's
 * states from beginning to end were. Their vectors stand in files that only grow. Immutable; any thread.
 */
public final class PurgedMoments {
    private final Map<Long, List<PurgedSegment>> byPublication;
    private final List<PurgedSegment> states;

    private PurgedMoments(final Map<Long, List<PurgedSegment>> byPublication) {
        this.byPublication = byPublication;
        this.states = byPublication.entrySet().stream()
                .filter(entry -> (int) (entry.getKey() >> 32) == StreamCatalog.CONTROL_STATE.streamId())
                .flatMap(entry -> entry.getValue().stream())
                .filter(segment -> segment.messages() > 0)
                .toList();
    }

    /**
     * Looks what of a session was deleted.
     *
     * @param session where it stands.
     * @return what is known of it now.
     */
    public static PurgedMoments of(final SessionDirectory session) {
        final List<RecordingDescriptor> recordings =
                ArchiveListing.of(session.archive()).recordings();
        return new PurgedMoments(recordings.stream()
                .collect(Collectors.groupingBy(
                        RecordingDescriptor::publicationKey,
                        Collectors.flatMapping(
                                recording -> lost(recording, recordings).stream(), Collectors.toList()))));
    }

    /** Whether nothing of a moment is there to be replayed. */
    public boolean holds(final VectorEntry entry) {
        return byPublication.getOrDefault(entry.publicationKey(), List.of()).stream()
                        .anyMatch(segment ->
                                segment.fromPosition() <= entry.position() && entry.position() < segment.toPosition())
                || (isStateLost(entry.fromNs()) && isStateLost(entry.toNs()));
    }

    private boolean isStateLost(final long timeNs) {
        return states.stream().anyMatch(segment -> segment.firstNs() <= timeNs && timeNs <= segment.lastNs());
    }

    private static List<PurgedSegment> lost(
            final RecordingDescriptor recording, final List<RecordingDescriptor> recordings) {
        final List<PurgedSegment> lost = new ArrayList<>();
        recording.purged().forEach(segment -> lost.addAll(recording.lost(segment, recordings)));
        return lost;
    }
}
