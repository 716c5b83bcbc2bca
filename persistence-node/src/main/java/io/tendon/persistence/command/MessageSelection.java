package io.tendon.persistence.command;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.catalog.StreamNames;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.Nearest;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.manifest.SessionManifest.StreamTotal;
import io.tendon.sessionlog.option.TimeRangeOption;
import io.tendon.sessionlog.recording.TimeRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which messages of a session are meant. Filled by Picocli on the main thread. */
final class MessageSelection {
    @Option(
            names = "--stream",
            paramLabel = "NAME",
            completionCandidates = StreamNames.class,
            description = "Stream such as control.state; may be given several times (default: all).")
    private List<String> names = new ArrayList<>();

    @Mixin
    private TimeRangeOption timeRange = new TimeRangeOption();

    /** Called by Picocli. */
    MessageSelection() {}

    /**
     * Finds the streams in a session. One that the bus knows and nobody wrote to is no mistake: there is nothing of it.
     *
     * @param session that may hold them.
     * @return ids of those that it holds.
     * @throws CommandFailure when neither session nor bus knows a name.
     */
    Set<Integer> streamIds(final Session session) {
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

    /**
     * Finds the range of capture times.
     *
     * @param session whose start a time may be given from.
     * @return the range, which is not empty.
     * @throws io.tendon.bus.config.ConfigException when it is.
     */
    TimeRange range(final Session session) {
        return timeRange.range(session);
    }
}
