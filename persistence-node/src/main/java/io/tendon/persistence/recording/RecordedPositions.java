package io.tendon.persistence.recording;

import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/** Up to which position each writer is recorded, by recordings that go on and that have ended. One owner thread. */
final class RecordedPositions {
    private final PositionScan scan;
    private final Map<Integer, Long> reachedBySession = new HashMap<>();

    /**
     * Knows what a scan says.
     *
     * @param scan updated by the owner.
     */
    RecordedPositions(final PositionScan scan) {
        this.scan = scan;
    }

    /** A writer is recorded up to a position. */
    void reached(final int sessionId, final long position) {
        reachedBySession.merge(sessionId, position, Math::max);
    }

    /** The catalog is written before the counter goes, and knows what was recorded after the last look at the counter. */
    void takeStopped(final Collection<RecordingDescriptor> recordings) {
        for (final RecordingDescriptor recording : recordings) {
            if (!recording.isOpen()) {
                reached(recording.sessionId(), recording.stopPosition());
            }
        }
    }

    /** Up to which position a writer is recorded; 0 when nothing of it is. */
    long position(final int sessionId) {
        long position = reachedBySession.getOrDefault(sessionId, 0L);
        for (final RecorderPosition recorder : scan.recorders()) {
            if (recorder.sessionId() == sessionId) {
                position = Math.max(position, recorder.position());
            }
        }
        return position;
    }

    /**
     * Whether all that was published on some streams is recorded.
     *
     * @param streams whose ids it accepts.
     * @return false while a recording is behind its writer.
     */
    boolean areComplete(final IntPredicate streams) {
        for (final PublicationPosition publication : scan.publications()) {
            if (streams.test(publication.streamId()) && position(publication.sessionId()) < publication.position()) {
                return false;
            }
        }
        return true;
    }
}
