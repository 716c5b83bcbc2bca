package io.tendon.deploy;

import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionDirectory;
import java.util.LinkedHashMap;
import java.util.Map;

/** How much of each stream is in the recording, read from the files after the recorder has ended. */
final class RecordedCounts {
    private RecordedCounts() {}

    /**
     * Counts.
     *
     * @param directory of the session.
     * @return messages by stream name; empty when nothing was recorded.
     */
    static Map<String, Long> of(final SessionDirectory directory) {
        final Map<String, Long> counts = new LinkedHashMap<>();
        if (directory.exists()) {
            Session.open(directory)
                    .manifest()
                    .streams()
                    .forEach(stream -> counts.put(stream.name(), stream.messages()));
        }
        return counts;
    }
}
