package io.tendon.sessionlog.json;

import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.SessionDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.function.Consumer;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.IrDecoder;

/** The intermediate representation of the schema that a session was recorded with. Stateless; any thread. */
public final class MessageIr {
    private MessageIr() {}

    /**
     * Reads a session's own copy, so that it can be read by builds that know another schema. When the copy is missing or
     * damaged this build's schema is taken; messages of another schema id are then not decoded.
     *
     * @param directory of the session.
     * @param warnings is told, in one line, why the session's own copy was not taken.
     * @return the representation.
     */
    public static Ir of(final SessionDirectory directory, final Consumer<String> warnings) {
        final byte[] own = MessageSchema.irBytes();
        String fault;
        try {
            final byte[] bytes = Files.readAllBytes(directory.schema());
            if (bytes.length < own.length && Arrays.mismatch(bytes, own) == bytes.length) {
                fault = "cut off at " + bytes.length + " bytes";
            } else {
                return decode(bytes);
            }
        } catch (final NoSuchFileException e) {
            fault = "missing";
        } catch (final IOException | RuntimeException e) {
            // Any exception: the decoder trusts what it reads.
            fault = "damaged (" + e + ")";
        }
        final Ir ir = decode(own);
        warnings.accept(directory.schema() + ": " + fault + "; read with this installation's schema instead, id "
                + ir.id() + " version " + ir.version());
        return ir;
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
