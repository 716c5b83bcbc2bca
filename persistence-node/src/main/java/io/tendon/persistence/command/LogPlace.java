package io.tendon.persistence.command;

import io.tendon.bus.config.CommandFailure;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingReader;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A message by where it stands, as `dump` shows it: {@code STREAM:POSITION}, and {@code STREAM:POSITION:SESSION} where two
 * writers of a stream have a message there.
 *
 * @param stream name of the stream.
 * @param position at which the message begins in its writer's log.
 * @param sessionId of the writer, as Aeron numbers it; null when only one has a message there.
 */
record LogPlace(String stream, long position, @Nullable Integer sessionId) {
    private static final Pattern FORM = Pattern.compile("([a-z]+(?:\\.[a-z]+)+):(\\d{1,18})(?::(-?\\d{1,10}))?");

    /** Reads one; none when it is not of that form. */
    static Optional<LogPlace> parse(final String text) {
        final Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        final String session = matcher.group(3);
        try {
            return Optional.of(new LogPlace(
                    matcher.group(1),
                    Long.parseLong(matcher.group(2)),
                    session == null ? null : Integer.valueOf(session)));
        } catch (final NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * When the message was captured.
     *
     * @param session that holds it.
     * @return ns since the epoch.
     * @throws CommandFailure when there is no such message, or one of several writers.
     */
    long captureTimeNs(final Session session) {
        final Map<Integer, Long> times = new TreeMap<>();
        for (final RecordingDescriptor recording :
                ArchiveListing.of(session.directory().archive()).recordings()) {
            if (recording.streamName().equals(stream)
                    && (sessionId == null || sessionId == recording.sessionId())
                    && holds(recording)) {
                read(session, recording).ifPresent(timeNs -> times.put(recording.sessionId(), timeNs));
            }
        }
        if (times.isEmpty()) {
            throw new CommandFailure("--to=" + text() + ": no message begins there in session "
                    + session.directory().sessionId() + "; take \"stream\" and \"position\" from a line of"
                    + " `persistence-node dump`");
        }
        if (times.size() > 1) {
            throw new CommandFailure("--to=" + text() + ": " + times.size()
                    + " writers have a message there; say which: "
                    + times.keySet().stream()
                            .map(id -> new LogPlace(stream, position, id).text())
                            .collect(Collectors.joining(", ")));
        }
        return times.values().iterator().next();
    }

    private Optional<Long> read(final Session session, final RecordingDescriptor recording) {
        try (RecordingReader reader =
                new RecordingReader(session.directory().archive(), recording, DamageListener.IGNORED)) {
            reader.seek(position);
            return reader.next() && reader.message().position() == position
                    ? Optional.of(reader.message().captureTimeNs())
                    : Optional.empty();
        }
    }

    private boolean holds(final RecordingDescriptor recording) {
        return position >= recording.startPosition() && (recording.isOpen() || position < recording.stopPosition());
    }

    private String text() {
        return stream + ":" + position + (sessionId == null ? "" : ":" + sessionId);
    }
}
