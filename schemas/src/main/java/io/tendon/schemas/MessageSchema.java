package io.tendon.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * The schema as a whole: its intermediate representation, and the stamp that every message begins with, read in place
 * without knowing which message it is. Stateless; any thread.
 */
public final class MessageSchema {
    /** Name of the intermediate representation among the resources of this package. */
    public static final String IR_RESOURCE = "tendon-messages.sbeir";

    /** Name of the schema itself among the resources of this package. */
    public static final String XML_RESOURCE = "tendon-messages.xml";

    /** Bytes before a message's block. */
    public static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;

    /** Fewest bytes that a message of this schema has: header and stamp. */
    public static final int MIN_MESSAGE_LENGTH = HEADER_LENGTH + StampDecoder.ENCODED_LENGTH;

    private MessageSchema() {}

    /**
     * Whether the bytes begin with a header of this schema and are long enough for a stamp.
     *
     * @param buffer holding a message.
     * @param offset at which its header begins.
     * @param lengthBytes of the message.
     * @return true when {@link #sequence} and its like may be called.
     */
    public static boolean isMessage(final DirectBuffer buffer, final int offset, final int lengthBytes) {
        return lengthBytes >= MIN_MESSAGE_LENGTH && schemaId(buffer, offset) == JointStateDecoder.SCHEMA_ID;
    }

    /** Template id of the message, unsigned 16 bit. */
    public static int templateId(final DirectBuffer buffer, final int offset) {
        return unsignedShort(buffer, offset + MessageHeaderDecoder.templateIdEncodingOffset());
    }

    /** Schema id in the message's header, unsigned 16 bit. */
    public static int schemaId(final DirectBuffer buffer, final int offset) {
        return unsignedShort(buffer, offset + MessageHeaderDecoder.schemaIdEncodingOffset());
    }

    /** Sequence in the message's stamp: from 0, per stream and writer life. */
    public static long sequence(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + HEADER_LENGTH + StampDecoder.sequenceEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
    }

    /** Capture time in the message's stamp, ns since the epoch. */
    public static long captureTimeNs(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(
                offset + HEADER_LENGTH + StampDecoder.captureTimeNsEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
    }

    /** Writer in the message's stamp. */
    public static NodeId source(final DirectBuffer buffer, final int offset) {
        return NodeId.get(
                (short) (buffer.getByte(offset + HEADER_LENGTH + StampDecoder.sourceEncodingOffset()) & 0xFF));
    }

    /**
     * The intermediate representation of this schema, as {@code uk.co.real_logic.sbe.ir.IrDecoder} reads it.
     *
     * @return its bytes.
     */
    public static byte[] irBytes() {
        return resource(IR_RESOURCE);
    }

    private static byte[] resource(final String name) {
        try (InputStream in = MessageSchema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "schemas: resource " + name + " is missing from the jar; build it with Maven");
            }
            return in.readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int unsignedShort(final DirectBuffer buffer, final int index) {
        return buffer.getShort(index, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }
}
