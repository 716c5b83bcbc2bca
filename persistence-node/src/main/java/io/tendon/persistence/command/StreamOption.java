package io.tendon.persistence.command;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.Nearest;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.manifest.SessionManifest.StreamTotal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Streams of a session as a person named them. Main thread.
 *
 * @param names such as {@code control.state}; none for all.
 */
record StreamOption(List<String> names) {
    /**
     * Finds them in a session. One that the bus knows and nobody wrote to is no mistake: there is nothing of it.
     *
     * @param session that may hold them.
     * @return ids of those that it holds.
     * @throws CommandFailure when neither session nor bus knows a name.
     */
    Set<Integer> recordedIn(final Session session) {
        final List<StreamTotal> recorded = session.manifest().streams();
        final Set<Integer> ids = new HashSet<>();
        final List<String> known = Stream.concat(
                        recorded.stream().map(StreamTotal::name),
                        StreamCatalog.all().stream().map(StreamDescriptor::name))
                .distinct()
                .toList();
        for (final String name : names) {
            if (!known.contains(name)) {
                throw new CommandFailure("--stream=" + name + ": is not in session "
                        + session.directory().sessionId()
                        + ", nor a stream of the bus: " + String.join(", ", known) + "; did you mean "
                        + Nearest.to(name, known) + "?");
            }
        }
        for (final StreamTotal stream : recorded) {
            if (names.isEmpty() || names.contains(stream.name())) {
                ids.add(stream.streamId());
            }
        }
        return ids;
    }
}
