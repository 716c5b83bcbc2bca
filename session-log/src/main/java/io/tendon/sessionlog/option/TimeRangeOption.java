package io.tendon.sessionlog.option;

import io.tendon.bus.config.ConfigException;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.recording.TimeRange;
import io.tendon.sessionlog.verify.TimeSpan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which capture times of a session are meant. Filled by Picocli on the main thread. */
public final class TimeRangeOption {
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
    public TimeRangeOption() {}

    /**
     * Finds the range of capture times.
     *
     * @param session whose start a time may be given from.
     * @return the range, which is not empty.
     * @throws ConfigException when it is.
     */
    public TimeRange range(final Session session) {
        return range(session.manifest().startedNs(), from, to, "--to");
    }

    /**
     * The range between two times that were given, or were not.
     *
     * @param startedNs when the session began, ns since the epoch.
     * @param first of the range; null for any.
     * @param end of the range; null for any.
     * @param endOption what the end is called on the command line.
     * @return the range, which is not empty.
     * @throws ConfigException when it is.
     */
    public static TimeRange range(
            final long startedNs,
            final @Nullable SessionTime first,
            final @Nullable SessionTime end,
            final String endOption) {
        final TimeRange range = new TimeRange(
                first == null ? Long.MIN_VALUE : first.epochNs(startedNs),
                end == null ? Long.MAX_VALUE : end.epochNs(startedNs));
        if (range.fromNs() >= range.toNs()) {
            throw new ConfigException(
                    "from", TimeSpan.instant(range.fromNs()), "must be before " + endOption, "give an earlier one");
        }
        return range;
    }
}
