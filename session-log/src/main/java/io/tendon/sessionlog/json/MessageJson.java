package io.tendon.sessionlog.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.tendon.sessionlog.recording.RecordedMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.OtfHeaderDecoder;
import uk.co.real_logic.sbe.otf.OtfMessageDecoder;

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
    private final Ir ir;
    private final OtfHeaderDecoder header;
    private final JsonGenerator generator;
    private final JsonTokenListener listener;
    private final Map<Integer, @Nullable List<Token>> messages = new HashMap<>();

    /**
     * Begins to write.
     *
     * @param ir schema of the messages.
     * @param out that gets the lines; buffered here, not closed here.
     * @throws IOException when it refuses.
     */
    public MessageJson(final Ir ir, final OutputStream out) throws IOException {
        this.ir = ir;
        this.header = new OtfHeaderDecoder(ir.headerStructure());
        this.generator = JsonFactory.builder()
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                .build()
                .createGenerator(out);
        this.generator.setRootValueSeparator(null);
        this.listener = new JsonTokenListener(generator);
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
        writeContent(message.buffer(), message.offset(), message.lengthBytes());
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

    private void writeContent(final DirectBuffer buffer, final int offset, final int lengthBytes) throws IOException {
        final List<Token> tokens = lengthBytes < header.encodedLength() || header.getSchemaId(buffer, offset) != ir.id()
                ? null
                : messages.computeIfAbsent(header.getTemplateId(buffer, offset), ir::getMessage);
        if (tokens == null) {
            generator.writeNullField("message");
            generator.writeNumberField("lengthBytes", lengthBytes);
            return;
        }
        generator.writeStringField("message", tokens.get(0).name());
        final int version = header.getSchemaVersion(buffer, offset);
        listener.begin(version);
        OtfMessageDecoder.decode(
                buffer,
                offset + header.encodedLength(),
                version,
                header.getBlockLength(buffer, offset),
                tokens,
                listener);
    }
}
