package io.tendon.sessionlog.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.tendon.sessionlog.recording.RecordedMessage;
import java.io.IOException;
import java.io.OutputStream;
import uk.co.real_logic.sbe.ir.Ir;

/**
 * Writes any recorded message as one line of JSON, by the schema's intermediate representation and without code for any
 * message:
 *
 * <pre>
 *   {"stream":"control.state","recording":0,"position":4096,"sessionId":-7,"message":"JointState",
 *    "stamp":{"sequence":8,"captureTimeNs":1700000000000000000,"source":"CONTROL"},"cycle":8, …,
 *    "joints":[{"position":0.1, …}, …]}
 * </pre>
 *
 * Enums are written by name, groups as arrays of objects, data as strings; what is not a number, infinite or null in
 * the schema's sense is null. One owner thread.
 */
public final class MessageJson implements AutoCloseable {
    private final JsonGenerator generator;
    private final MessageContentJson content;

    /**
     * Begins to write.
     *
     * @param ir schema of the messages.
     * @param out that gets the lines; buffered here, not closed here.
     * @throws IOException when it refuses.
     */
    public MessageJson(final Ir ir, final OutputStream out) throws IOException {
        this.generator = JsonFactory.builder()
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                .build()
                .createGenerator(out);
        this.generator.setRootValueSeparator(null);
        this.content = new MessageContentJson(ir, generator);
    }

    /**
     * Writes one message and a line end.
     *
     * @param message to write.
     * @throws IOException when the output refuses, as a closed pipe does.
     */
    public void write(final RecordedMessage message) throws IOException {
        generator.writeStartObject();
        generator.writeStringField("stream", message.recording().streamName());
        generator.writeNumberField("recording", message.recording().recordingId());
        generator.writeNumberField("position", message.position());
        generator.writeNumberField("sessionId", message.recording().sessionId());
        content.write(message.buffer(), message.offset(), message.lengthBytes());
        generator.writeEndObject();
        generator.writeRaw('\n');
    }

    /**
     * Hands everything on to the output.
     *
     * @throws IOException when it refuses.
     */
    public void flush() throws IOException {
        generator.flush();
    }

    @Override
    public void close() throws IOException {
        generator.close();
    }
}
