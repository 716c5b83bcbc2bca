package io.tendon.persistence.command;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.counter.CounterView;
import io.tendon.persistence.recording.PublishedTotals;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.manifest.SessionManifest.StreamTotal;
import io.tendon.sessionlog.manifest.SessionState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the writers of a session have published and nobody has recorded, as their counters say. They stand in memory until
 * the next session begins or the machine stops, and know more than a recorder that was killed. Any thread.
 */
final class UnrecordedNow {
    private UnrecordedNow() {}

    /**
     * Asks the counters.
     *
     * @param robotName of the robot that may run the session.
     * @param session that was cut off.
     * @return messages by stream name, without those of which nothing is missing; empty when the session ended in order, is
     *     being recorded, or its counters are gone.
     */
    static Map<String, Long> of(final String robotName, final Session session) {
        final RuntimeDirectory directory = RuntimeDirectory.of(robotName);
        final boolean isThere = session.manifest().presentState() == SessionState.INTERRUPTED
                && SessionAnchor.read(directory.sessionFile())
                        .filter(anchor ->
                                anchor.sessionName().equals(session.manifest().sessionId()))
                        .isPresent();
        if (!isThere) {
            return Map.of();
        }
        try (CounterView counters = CounterView.open(directory)) {
            return unrecorded(PublishedTotals.read(counters), session.manifest().streams());
        } catch (final CommandFailure | IllegalStateException e) {
            // Of another release, or being made anew.
            return Map.of();
        }
    }

    private static Map<String, Long> unrecorded(final PublishedTotals published, final List<StreamTotal> streams) {
        final Map<Integer, StreamTotal> recorded =
                streams.stream().collect(Collectors.toMap(StreamTotal::streamId, stream -> stream));
        final Map<String, Long> unrecorded = new TreeMap<>();
        StreamCatalog.all().forEach(stream -> {
            final StreamTotal total = recorded.get(stream.streamId());
            final long messages = published.unrecorded(stream.streamId(), total == null ? 0 : total.messages());
            if (messages > 0) {
                unrecorded.put(stream.name(), messages);
            }
        });
        return unrecorded;
    }
}
