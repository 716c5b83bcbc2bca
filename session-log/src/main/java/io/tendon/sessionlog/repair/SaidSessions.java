package io.tendon.sessionlog.repair;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingReader;
import io.tendon.sessionlog.recording.SaidProgress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Which writer's session each recording is of, as the recorder said it with how far it was. Stateless; any thread. */
final class SaidSessions {
    private SaidSessions() {}

    /** Reads what was said, by recording id; of a catalog that is gone as well. */
    static Map<Long, Integer> read(final Path archiveDir, final Collection<RecordingDescriptor> recordings) {
        final Map<Long, Integer> sessions = new HashMap<>();
        final SaidProgress progress = new SaidProgress();
        for (final RecordingDescriptor recording : recordings) {
            if (recording.streamId() == StreamCatalog.PERSISTENCE_PROGRESS.streamId()) {
                try (RecordingReader reader = new RecordingReader(archiveDir, recording, DamageListener.IGNORED)) {
                    while (reader.next()) {
                        progress.read(reader.message(), said -> sessions.put(said.recordingId(), said.sessionId()));
                    }
                }
            }
        }
        return sessions;
    }
}
