package io.tendon.sessionlog.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
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
 * Writes what a message says as fields of the object that a generator is in: its type under {@code message}, then its
 * fields, groups and texts as {@link MessageJson} describes. One owner thread, that of the generator.
 */
public final class MessageContentJson {
    private final Ir ir;
    private final OtfHeaderDecoder header;
    private final JsonGenerator generator;
    private final JsonTokenListener listener;
    private final Map<Integer, @Nullable List<Token>> messages = new HashMap<>();

    /**
     * Begins to write.
     *
     * @param ir schema of the messages.
     * @param generator that gets the fields.
     */
    public MessageContentJson(final Ir ir, final JsonGenerator generator) {
        this.ir = ir;
        this.header = new OtfHeaderDecoder(ir.headerStructure());
        this.generator = generator;
        this.listener = new JsonTokenListener(generator);
    }

    /**
     * Writes the fields of one message; of one that the schema does not know, its length.
     *
     * @param buffer that holds it.
     * @param offset at which its header begins.
     * @param lengthBytes of it, header included.
     * @throws IOException when the output refuses.
     */
    public void write(final DirectBuffer buffer, final int offset, final int lengthBytes) throws IOException {
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
