package io.tendon.persistence.retention;

import io.tendon.sessionlog.incident.Incident;
import io.tendon.sessionlog.incident.IncidentFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a session somebody wants kept, as its incidents stand now. Immutable; any thread.
 *
 * @param incidents that can be read.
 * @param isUnclear whether there are others, so that all of the session is kept.
 */
record Kept(List<Incident> incidents, boolean isUnclear) {
    /** Reads the incidents of a session. */
    static Kept in(final Path directory) {
        final List<String> faults = new ArrayList<>();
        final List<Incident> incidents = new IncidentFiles(directory).read(faults::add);
        return new Kept(List.copyOf(incidents), !faults.isEmpty());
    }

    boolean isNothing() {
        return incidents.isEmpty() && !isUnclear;
    }

    /** Whether a segment is kept; one that cannot be read may be what an incident is about. */
    boolean holds(final SegmentTimes times) {
        return isUnclear
                || (times.isReadable()
                        ? incidents.stream().anyMatch(incident -> incident.touches(times.firstNs(), times.lastNs()))
                        : !incidents.isEmpty());
    }
}
