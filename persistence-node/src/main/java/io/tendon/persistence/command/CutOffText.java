package io.tendon.persistence.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.bus.counter.DurabilityLevel;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.durability.CutOff;
import io.tendon.sessionlog.durability.StreamCutOff;
import io.tendon.sessionlog.manifest.SessionState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was not on the device when a session was cut off, and what is lost, for persons and machines. Any thread.
 *
 * @param state of the session.
 * @param cutOff as the recording says.
 * @param unrecordedNow messages by stream that the writers' counters know of and nobody recorded.
 */
record CutOffText(SessionState state, CutOff cutOff, Map<String, Long> unrecordedNow) {
    /** Reads it. */
    static CutOffText of(final String robotName, final Session session) {
        return new CutOffText(
                session.manifest().presentState(), CutOff.of(session), UnrecordedNow.of(robotName, session));
    }

    /** In a column: how much may have gone with the power. */
    String column() {
        if (state == SessionState.OPEN && cutOff.durability().equals(DurabilityLevel.NONE.toString())) {
            return "all: none";
        }
        return state != SessionState.INTERRUPTED || cutOff.unflushedBytes() == 0
                ? "-"
                : Formats.bytes(cutOff.unflushedBytes()) + ", " + Formats.seconds(cutOff.unflushedNs()) + " s";
    }

    /** A line for each thing that is to be said of it; empty when there is nothing. */
    List<String> lines() {
        final List<String> lines = new ArrayList<>();
        if (state != SessionState.INTERRUPTED) {
            return lines;
        }
        for (final StreamCutOff stream : cutOff.streams()) {
            if (stream.unflushedBytes() > 0) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%s: at most the last %s, %d messages of %.3f s, were not on the device when it was cut off",
                        stream.streamName(),
                        Formats.bytes(stream.unflushedBytes()),
                        stream.unflushedMessages(),
                        Formats.seconds(stream.unflushedNs())));
            }
            if (stream.lostBytes() > 0) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%s: lost: %s behind its end were published, as the recorder had seen, and are not recorded",
                        stream.streamName(),
                        Formats.bytes(stream.lostBytes())));
            }
        }
        unrecordedNow.forEach((stream, messages) -> lines.add(stream + ": " + messages
                + (messages == 1 ? " message was" : " messages were")
                + " published and not recorded, as the writers' counters say now"));
        if (lines.isEmpty()) {
            lines.add(
                    "nothing is known to be lost, and all that is recorded was on the device; what was published after"
                            + " the last recorded message is not known");
        }
        return lines;
    }

    /** As the field {@code cutOff}, null of a session that was not cut off; and {@code durability}. */
    void write(final JsonGenerator json) throws IOException {
        json.writeStringField("durability", cutOff.durability().isEmpty() ? null : cutOff.durability());
        if (state != SessionState.INTERRUPTED) {
            json.writeNullField("cutOff");
            return;
        }
        json.writeObjectFieldStart("cutOff");
        json.writeNumberField("unflushedBytes", cutOff.unflushedBytes());
        json.writeNumberField("unflushedS", Formats.seconds(cutOff.unflushedNs()));
        json.writeNumberField("lostBytes", cutOff.lostBytes());
        json.writeArrayFieldStart("streams");
        for (final StreamCutOff stream : cutOff.streams()) {
            json.writeStartObject();
            json.writeStringField("name", stream.streamName());
            json.writeNumberField("unflushedBytes", stream.unflushedBytes());
            json.writeNumberField("unflushedMessages", stream.unflushedMessages());
            json.writeNumberField("unflushedS", Formats.seconds(stream.unflushedNs()));
            json.writeNumberField("lostBytes", stream.lostBytes());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("unrecordedNow");
        for (final Map.Entry<String, Long> stream : unrecordedNow.entrySet()) {
            json.writeNumberField(stream.getKey(), stream.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
