package io.tendon.persistence.command;

import io.tendon.bus.config.ConfigException;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.recording.TimeRange;
import io.tendon.sessionlog.verify.TimeSpan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which capture times of a session are meant. Filled by Picocli on the main thread. */
final class TimeRangeOption {
    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = SessionTime.Converter.class,
            description = "First capture time: an instant (2026-01-31T12:00:00.5Z), or since the session's start"
                    + " (12.5s).")
    private @Nullable SessionTime from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = SessionTime.Converter.class,
            description = "Capture time before which to end, written like --from.")
    private @Nullable SessionTime to;

    /** Called by Picocli. */
    TimeRangeOption() {}

    /**
     * Finds the range of capture times.
     *
     * @param session whose start a time may be given from.
     * @return the range, which is not empty.
     * @throws ConfigException when it is.
     */
    TimeRange range(final Session session) {
        final long startedNs = session.manifest().startedNs();
        final TimeRange range = new TimeRange(
                from == null ? Long.MIN_VALUE : from.epochNs(startedNs),
                to == null ? Long.MAX_VALUE : to.epochNs(startedNs));
        if (range.fromNs() >= range.toNs()) {
            throw new ConfigException(
                    "from", TimeSpan.instant(range.fromNs()), "must be before --to", "give an earlier one");
        }
        return range;
    }
}
