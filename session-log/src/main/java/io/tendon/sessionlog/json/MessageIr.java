package io.tendon.sessionlog.json;

import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.SessionDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.IrDecoder;

/** The intermediate representation of the schema that a session was recorded with. Stateless; any thread. */
public final class MessageIr {
    private MessageIr() {}

    /**
     * Reads a session's own copy, so that it can be read by builds that know another schema.
     *
     * @param directory of the session; without a copy in it this build's schema is taken.
     * @return the representation.
     */
    public static Ir of(final SessionDirectory directory) {
        if (!Files.isRegularFile(directory.schema())) {
            return decode(MessageSchema.irBytes());
        }
        try {
            return decode(Files.readAllBytes(directory.schema()));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Decodes a representation.
     *
     * @param bytes as sbe-tool writes them.
     * @return the representation.
     */
    public static Ir decode(final byte[] bytes) {
        try (IrDecoder decoder = new IrDecoder(ByteBuffer.wrap(bytes))) {
            return decoder.decode();
        }
    }
}
