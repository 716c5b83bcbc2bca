package io.tendon.sessionlog.json;

import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;
import uk.co.real_logic.sbe.ir.Encoding;
import uk.co.real_logic.sbe.ir.Token;

/** Values of SBE's types as they stand in a message. Stateless; any thread. */
public final class SbeValue {
    private SbeValue() {}

    /** An integer type, widened; of uint64 the bits. */
    public static long integer(final DirectBuffer buffer, final int index, final Encoding encoding) {
        final ByteOrder order = encoding.byteOrder();
        return switch (encoding.primitiveType()) {
            case CHAR, INT8 -> buffer.getByte(index);
            case UINT8 -> buffer.getByte(index) & 0xFF;
            case INT16 -> buffer.getShort(index, order);
            case UINT16 -> buffer.getShort(index, order) & 0xFFFF;
            case INT32 -> buffer.getInt(index, order);
            case UINT32 -> buffer.getInt(index, order) & 0xFFFF_FFFFL;
            case INT64, UINT64 -> buffer.getLong(index, order);
            default -> throw new IllegalArgumentException(encoding.primitiveType() + " is no integer type");
        };
    }

    /** Characters up to the first NUL. */
    public static String text(final DirectBuffer buffer, final int index, final int length) {
        int end = 0;
        while (end < length && buffer.getByte(index + end) != 0) {
            end++;
        }
        final byte[] bytes = new byte[end];
        buffer.getBytes(index, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Name of an enum's value.
     *
     * @param raw as it stands in the message.
     * @param tokens of the schema.
     * @param from first valid value of the enum among them.
     * @param to behind the last one.
     * @return the name; of a value that the schema does not know, its number.
     */
    public static String enumName(final long raw, final List<Token> tokens, final int from, final int to) {
        for (int i = from; i < to; i++) {
            final Token value = tokens.get(i);
            if (value.encoding().constValue() != null
                    && value.encoding().constValue().longValue() == raw) {
                return value.name();
            }
        }
        return Long.toString(raw);
    }

    /**
     * Data of any length.
     *
     * @param buffer that holds it.
     * @param index of its first byte.
     * @param lengthBytes of it.
     * @param type of the data.
     * @return text, or the bytes when the type has no character encoding.
     */
    public static Object data(final DirectBuffer buffer, final int index, final int lengthBytes, final Token type) {
        final byte[] bytes = new byte[lengthBytes];
        buffer.getBytes(index, bytes);
        final String encoding = type.encoding().characterEncoding();
        if (encoding == null) {
            return bytes;
        }
        return new String(bytes, "UTF-8".equals(encoding) ? StandardCharsets.UTF_8 : Charset.forName(encoding));
    }
}
