package io.tendon.persistence.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.json.MessageContentJson;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.store.state.StateEntryText;
import io.tendon.store.state.StateValue;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import uk.co.real_logic.sbe.ir.Ir;

/** Writes values as JSON, each with the schema that its session was recorded with. One owner thread. */
final class StateJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .build();

    private final Path data;
    private final Consumer<String> warnings;
    private final Map<String, Ir> schemas = new HashMap<>();

    /**
     * Begins to write.
     *
     * @param data directory of all sessions.
     * @param warnings is told, in one line each, when a session's own schema cannot be read.
     */
    StateJson(final Path data, final Consumer<String> warnings) {
        this.data = data;
        this.warnings = warnings;
    }

    /** Whether a text is one JSON value and nothing more. */
    static boolean isOneValue(final String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            // A scalar's own text is looked at no earlier.
            parser.getValueAsString();
            return parser.nextToken() == null;
        } catch (final IOException e) {
            return false;
        }
    }

    /** The content of a value, on one line unless it was put on several; {@code null} of a key that was removed. */
    String content(final StateValue value) throws IOException {
        if (!value.isRemoved() && !value.key().isMessage()) {
            final String text = entryContent(value);
            if (isOneValue(text)) {
                return text;
            }
        }
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            writeContent(json, value);
        }
        return text.toString();
    }

    /** Writes a value as a row: where it was said, and its content. */
    void writeRow(final JsonGenerator json, final StateValue value, final boolean hasContent) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", value.key().text());
        json.writeStringField("session", value.session());
        json.writeStringField("stream", value.stream());
        json.writeNumberField("sessionId", value.sessionId());
        json.writeNumberField("position", value.position());
        json.writeNumberField("captureTimeNs", value.captureTimeNs());
        if (hasContent) {
            json.writeBooleanField("removed", value.isRemoved());
            json.writeFieldName("content");
            writeContent(json, value);
        }
        json.writeEndObject();
    }

    private void writeContent(final JsonGenerator json, final StateValue value) throws IOException {
        final DirectBuffer message = value.message();
        if (value.isRemoved() || message == null) {
            json.writeNull();
        } else if (value.key().isMessage()) {
            json.writeStartObject();
            new MessageContentJson(schema(value.session()), json).write(message, 0, message.capacity());
            json.writeEndObject();
        } else {
            final String text = entryContent(value);
            if (isOneValue(text)) {
                json.writeRawValue(text);
            } else {
                // Not from `state put`, which refuses it.
                json.writeString(text);
            }
        }
    }

    private static String entryContent(final StateValue value) {
        final @Nullable DirectBuffer message = value.message();
        final StateEntryText entry = message == null ? null : StateEntryText.decode(message, 0, message.capacity());
        return entry == null ? "" : entry.content();
    }

    private Ir schema(final String session) {
        return schemas.computeIfAbsent(session, name -> MessageIr.of(new SessionDirectory(data, name), warnings));
    }
}
